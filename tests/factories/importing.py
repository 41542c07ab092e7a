"""Files to import, written as people write them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from initiatives.importing.options import Options
from initiatives.importing.running import carry_out, check, new_run
from initiatives.models import ImportRun

ROOT = Path(__file__).resolve().parents[2]
GRANTS = ROOT.parent / "shared" / "data" / "grants"
ROW = {
    "id": "1",
    "title": "Steps to Secondary",
    "summary": "Older pupils help Year 6 children.",
    "organisation": "Riverside Trust",
    "organisation_postcode": "TS1 3BA",
}


def table(path: Path, *rows: dict[str, Any], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """A CSV of our columns: each row is `ROW` with what is given."""
    filled = [{**ROW, "id": str(number), **row} for number, row in enumerate(rows or ({},), start=1)]
    columns = list(dict.fromkeys(name for row in filled for name in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(filled)
    return path


def grants(path: Path, *changes: dict[str, Any]) -> Path:
    """A 360Giving file, a grant for each dictionary of changes."""
    path.write_text(
        json.dumps({"grants": [grant(number, **change) for number, change in enumerate(changes or ({},), 1)]})
    )
    return path


def grant(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"360G-example-{number}",
        "title": f"Mentors of the river {number * 7}",
        "description": "Weekly meetings.",
        "plannedDates": [{"startDate": "2026-01-01T00:00:00+00:00", "endDate": "2028-01-01T00:00:00+00:00"}],
        "recipientOrganization": [{"id": "GB-CHC-1136419", "name": "Riverside Trust", "postalCode": "TS1 3BA"}],
        "fundingOrganization": [{"id": "GB-CHC-327114", "name": "Example Foundation"}],
        "grantProgramme": [{"title": "Rivers"}],
        **changes,
    }


def imported(path: Path, *, user: Any = None, **options: Any) -> ImportRun:
    """The run after importing a file."""
    run = new_run(path, Options(**{"source": "Example", **options}), filename=path.name, user=user)
    carry_out(run, path)
    run.refresh_from_db()
    return run


def checked(path: Path, **options: Any) -> ImportRun:
    """The run after only checking a file."""
    run = new_run(path, Options(**{"source": "Example", **options}), filename=path.name)
    check(run, path)
    run.refresh_from_db()
    return run


def remarks(run: ImportRun) -> list[tuple[int, str, str, str]]:
    return list(run.rows.values_list("line", "outcome", "field", "reason"))
