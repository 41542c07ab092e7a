"""Keeping, once a month, how many initiatives reach each place at each step with each kind of support."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

import numpy as np
from django.db import transaction
from django.utils import timezone

from partnerships.coverage.grid import CELLS, STEPS, SUPPORTS, Measure
from partnerships.coverage.queries.across import across
from partnerships.coverage.queries.tallies import NAMED
from partnerships.history.models import Month, Snapshot
from partnerships.history.packing import Kept, pack
from places.queries import gazetteer
from texts.months import month_of

BATCH = 200


def take_snapshot(today: datetime.date | None = None) -> int:
    """Keep this month's numbers of every place, as they stand at its first run. Gives how many places were kept: none
    where the month is kept already."""
    return keep_month(month_of(today or timezone.localdate()), timezone.now())


@transaction.atomic
def keep_month(
    month: int, taken_at: datetime.datetime, tallies: Callable[[], Mapping[str, bytes]] | None = None
) -> int:
    """`tallies`: other numbers than those of today, as `across` takes them. Gives how many were kept, as above."""
    words = {"steps": ["", *STEPS], "supports": ["", *SUPPORTS], "taken_at": taken_at}
    row, made = Month.objects.get_or_create(month=month, defaults=words)
    if not made:
        return 0
    found = across(gazetteer().places, rows=tallies() if tallies else None)
    kept = np.zeros((len(found.places), len(Kept), *CELLS), dtype="<i8")
    kept[:, Kept.REACH], kept[:, Kept.NAME] = found.counts(), found.counts(NAMED)
    kept[:, Kept.PLACES], kept[:, Kept.UNKNOWN] = found.of(Measure.PLACES), found.of(Measure.UNKNOWN)
    rows = [
        Snapshot(place_id=place.code, month=row, cells=pack(numbers))
        for place, numbers in zip(found.places, kept, strict=True)
    ]
    Snapshot.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
