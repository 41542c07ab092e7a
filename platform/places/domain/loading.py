"""Puts the shipped reference data into the database; run again, it changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from places.models import FormerCode, Place, PlaceName
from places.queries import gazetteer

DATA = Path(__file__).resolve().parent.parent / "data" / "places.json"
_COLUMNS = ["kind", "name", "name_cy", "slug", "programme", "parent_id", "latitude", "longitude", "population"]
_KEPT = 500  # rows an insert: SQLite takes no more than some thousand parameters


def load_places() -> int:
    """Bring every place, name and former code in line with the data that ships; gives the number of places.

    Places that left the data stay, for initiatives may point at them.
    """
    data = json.loads(DATA.read_text(encoding="utf-8"))
    with transaction.atomic():
        _load_rows(data["places"])
        _load_members(data["places"])
        _load_names(data["places"])
        _load_former_codes(data["former_codes"])
    gazetteer.cache_clear()
    return len(data["places"])


def _load_rows(entries: list[dict[str, Any]]) -> None:
    wanted = {entry["code"]: tuple(_column(entry, column) for column in _COLUMNS) for entry in entries}
    found = {row[0]: row[1:] for row in Place.objects.values_list("code", *_COLUMNS)}
    rows = [
        Place(code=code, **dict(zip(_COLUMNS, values, strict=True)))
        for code, values in wanted.items()
        if found.get(code) != values
    ]
    Place.objects.bulk_create(
        rows,
        batch_size=_KEPT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[column.removesuffix("_id") for column in _COLUMNS],
    )


def _column(entry: dict[str, Any], column: str) -> Any:
    if column == "parent_id":
        return entry["parent"]
    return entry.get(column, None if column in ("latitude", "longitude", "population") else "")


def _load_members(entries: list[dict[str, Any]]) -> None:
    through = Place.members.through
    wanted = {(entry["code"], member) for entry in entries for member in entry.get("members", [])}
    found = {(area, member): pk for pk, area, member in through.objects.values_list("pk", "from_place", "to_place")}
    through.objects.filter(pk__in=[found[pair] for pair in found.keys() - wanted]).delete()
    through.objects.bulk_create(
        [through(from_place_id=area, to_place_id=member) for area, member in sorted(wanted - found.keys())],
        batch_size=_KEPT,
    )


def _names(entry: dict[str, Any]) -> dict[tuple[str, str], tuple[str, bool]]:
    code = entry["code"]
    names = {(code, name): ("", True) for name in entry.get("former_names", [])}
    names |= {(code, name): ("", False) for name in entry.get("other_names", [])}
    if entry.get("name_cy"):
        names[code, entry["name_cy"]] = ("cy", False)
    return names


def _load_names(entries: list[dict[str, Any]]) -> None:
    wanted = {key: facts for entry in entries for key, facts in _names(entry).items()}
    rows = PlaceName.objects.values_list("pk", "place_id", "name", "language", "is_former")
    found = {(place, name): (pk, (language, former)) for pk, place, name, language, former in rows}
    stale = [pk for key, (pk, facts) in found.items() if wanted.get(key) != facts]
    PlaceName.objects.filter(pk__in=stale).delete()
    PlaceName.objects.bulk_create(
        [
            PlaceName(place_id=place, name=name, language=facts[0], is_former=facts[1])
            for (place, name), facts in wanted.items()
            if (place, name) not in found or found[place, name][1] != facts
        ],
        batch_size=_KEPT,
    )


def _load_former_codes(rows: list[list[Any]]) -> None:
    wanted = {(code, place): name for code, name, places in rows for place in places}
    found = {(row.code, row.place_id): row for row in FormerCode.objects.all()}
    stale = [row.pk for key, row in found.items() if wanted.get(key) != row.name]
    FormerCode.objects.filter(pk__in=stale).delete()
    FormerCode.objects.bulk_create(
        [
            FormerCode(code=key[0], place_id=key[1], name=name)
            for key, name in wanted.items()
            if key not in found or found[key].name != name
        ],
        batch_size=_KEPT,
    )
