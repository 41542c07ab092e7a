"""Keeping, once a month, how many initiatives reach each place at each step with each kind of support."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import numpy as np
from django.db import transaction
from django.utils import timezone

from partnerships.coverage.grid import CELLS, STEPS, SUPPORTS, Measure, month_of
from partnerships.coverage.queries.tallies import NAMED, cells_of_place, kept_tallies
from partnerships.history.models import Month, Snapshot
from partnerships.history.packing import Kept, Numbers, pack
from places.queries import gazetteer

BATCH = 200


def take_snapshot(today: datetime.date | None = None) -> int:
    """Keep this month's numbers of every place, as they stand at its first run. Gives how many places were kept: none
    where the month is kept already."""
    return keep_month(month_of(today or timezone.localdate()) or 0, kept_tallies, timezone.now())


@transaction.atomic
def keep_month(month: int, tallies: Callable[[], Mapping[str, bytes]], taken_at: datetime.datetime) -> int:
    """`tallies`: each place's numbers, as `coverage.models.Tally` has them. Gives how many were kept, as above."""
    words = {"steps": ["", *STEPS], "supports": ["", *SUPPORTS], "taken_at": taken_at}
    row, made = Month.objects.get_or_create(month=month, defaults=words)
    if not made:
        return 0
    kept = tallies()
    rows = [
        Snapshot(place_id=place.code, month=row, cells=pack(numbers_of(place.code, kept)))
        for place in gazetteer().places
    ]
    Snapshot.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def numbers_of(code: str, kept: Mapping[str, bytes]) -> Numbers:
    """Measures × steps × supports of a place, from the kept rows of all."""
    found = np.zeros((len(Kept), *CELLS), dtype="<i8")
    for way, cells in cells_of_place(gazetteer()[code], kept).items():
        found[Kept.REACH] += cells[..., Measure.COUNT]
        found[Kept.PLACES] += cells[..., Measure.PLACES]
        found[Kept.UNKNOWN] += cells[..., Measure.UNKNOWN]
        if way in NAMED:
            found[Kept.NAME] += cells[..., Measure.COUNT]
    return found
