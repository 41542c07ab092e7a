"""Import: rows a second on the real 360Giving file, and the peak of memory at 200,000 made-up rows.

Each figure is taken in a process of its own, on a database of its own that has the places and nothing else.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GRANTS = ROOT.parent / "shared" / "data" / "grants" / "lloyds_360giving.json"
MANY = 200_000
_TOWNS = ("TS1 3BA", "M1 1AE", "CF10 1EP", "EH1 1YZ", "BT1 5GS", "B1 1BB", "LS1 4AP", "NE1 7RU", "PL1 1AA", "NR1 3DG")


def figures() -> Iterator[dict[str, Any]]:
    """The figures, each as `python -m tests.benchmarks` prints it."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    if GRANTS.exists():
        runs = [_measured(GRANTS, check=False) for _ in range(3)]
        speeds = sorted(run["rows"] / run["seconds"] for run in runs)
        yield {
            "figure": "Import rows/s", "value": round(speeds[1]), "goal": 1500, "unit": "rows/s",
            "rows": runs[0]["rows"], "runs": [round(speed) for speed in speeds], "machine": machine,
        }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.csv"
        write_rows(path, MANY)
        run = _measured(path, check=True)
        yield {
            "figure": "Import peak MB at 200k rows", "value": run["peak_mb"], "goal": 400, "unit": "MB",
            "rows": run["rows"], "created": run["created"], "check_seconds": run["check_seconds"],
            "import_seconds": run["seconds"], "machine": machine,
        }  # fmt: skip


def write_rows(path: Path, number: int) -> None:
    """Made-up rows in our own CSV: four initiatives an organisation, all over the country."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "summary", "organisation", "organisation_postcode", "stages", "support",
                         "starts_on", "funder", "tags"])  # fmt: skip
        for n in range(number):
            words = ("Stepping out", "Ready for work", "Reading together", "Meet a mentor")[n % 4]
            writer.writerow([n, f"{words} {n // 40}", f"Weekly meetings, group {n}.", f"Made-up Trust {n // 4}",
                             _TOWNS[(n // 4) % 10], "primary; secondary", "mentoring", "2027-01-10",
                             f"Made-up Funder {n % 50}", f"strand {n % 30}"])  # fmt: skip


def _measured(path: Path, *, check: bool) -> dict[str, Any]:
    """One import in a fresh process on a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": "", "LOG_LEVEL": "WARNING"}
        command = [sys.executable, "-m", "tests.benchmarks.importing", str(path), "check" if check else ""]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _main(path: Path, *, check: bool) -> None:
    """In the process that is measured."""
    sys.path.insert(0, str(ROOT / "platform"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from initiatives.importing import running
    from initiatives.importing.options import Options
    from initiatives.models import Initiative

    call_command("migrate", verbosity=0)
    call_command("load_places", verbosity=0)
    run = running.new_run(path, Options(), filename=path.name)
    started = time.perf_counter()
    if check:
        running.check(run, path)
        run.refresh_from_db()
    checked = time.perf_counter()
    running.carry_out(run, path)
    ended = time.perf_counter()
    run.refresh_from_db()
    measured = {
        "rows": run.checkpoint,
        "created": Initiative.objects.count(),
        "check_seconds": round(checked - started, 1),
        "seconds": round(ended - checked, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    sys.stdout.write(f"\n{json.dumps(measured)}\n")


if __name__ == "__main__":
    _main(Path(sys.argv[1]), check=sys.argv[2:] == ["check"])
