"""Keeping each place's numbers in step with what is listed, in the transaction of the change.

Only the rows of places that a change touches are written. What an initiative added is kept with it (`Counted`), so
taking it away is exact; where it lies is read from the same rows as lists read (`ReachedPlace`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from django.db import transaction

from initiatives.events import InitiativesChanged
from initiatives.models import Initiative, ReachedPlace
from partnerships.coverage.domain.superseding import supersede
from partnerships.coverage.grid import (
    STEPS,
    SUPPORTS,
    Numbers,
    empty_ending,
    empty_tally,
    mask_of,
    rows_of,
    unpack_ending,
    unpack_tally,
    way_of,
)
from partnerships.coverage.models import Counted, Ending, Tally
from places.queries import UK_CODE
from texts.months import month_of
from texts.vocabulary import Reach

BATCH = 1_000
_COLUMNS = ("steps", "support", "online", "capacity", "month", "places")


def follow_initiatives(event: InitiativesChanged) -> None:
    tally(event.ids)


def tally(ids: Sequence[int]) -> int:
    """Bring the numbers in step with these initiatives' lists. Gives how many rows of places were written."""
    return sum(_tally(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


def count_all() -> int:
    """Build every number anew. Gives how many initiatives are counted."""
    with transaction.atomic():
        lock_numbers()
        Counted.objects.all().delete()
        Ending.objects.all().delete()
        Tally.objects.exclude(place_id=UK_CODE).delete()
        Tally.objects.filter(place_id=UK_CODE).update(cells=empty_tally().tobytes())
        ids = list(Initiative.objects.filter(listing__isnull=False).order_by("pk").values_list("pk", flat=True))
        tally(ids)
    return len(ids)


def is_counted() -> bool:
    """Whether the numbers fit what is listed and today's vocabularies: not so where a site that has initiatives gets
    them for the first time, or a word was added."""
    if Initiative.objects.filter(listing__isnull=False, counted__isnull=True).exists():
        return False
    kept = Tally.objects.filter(place_id=UK_CODE).values_list("cells", flat=True).first()
    return kept is None or len(bytes(kept)) == empty_tally().nbytes


class _Change:
    """What a transaction adds to the numbers of each place, and of each place's months."""

    def __init__(self) -> None:
        self.places: dict[str, Numbers] = defaultdict(empty_tally)
        self.months: dict[tuple[str, int], Numbers] = defaultdict(empty_ending)

    def add(self, row: Counted, sign: int) -> None:
        cells = np.ix_(rows_of(row.steps), rows_of(row.support))
        measures = np.array([sign, sign * (row.capacity or 0), sign * (row.capacity is None)])
        for code, declared in row.places.items():
            way = way_of(declared, row.online)
            self.places[code][way][cells] += measures
            if row.month:
                self.months[code, row.month][way][cells] += sign


@transaction.atomic
def _tally(ids: Sequence[int]) -> int:
    before = Counted.objects.in_bulk(ids)
    now = {row.pk: row for row in _counted(ids)}
    differing = [pk for pk in sorted({*before, *now}) if _facts(before.get(pk)) != _facts(now.get(pk))]
    if not differing:
        return 0
    lock_numbers()
    before = Counted.objects.in_bulk(differing)  # as whoever held the lock before left it
    change = _Change()
    for pk in differing:
        for rows, sign in ((before, -1), (now, 1)):
            if pk in rows:
                change.add(rows[pk], sign)
    Counted.objects.filter(pk__in=set(before) & set(differing)).delete()
    Counted.objects.bulk_create([now[pk] for pk in differing if pk in now], batch_size=BATCH)
    written = _write_places(change.places) + _write_months(change.months)
    supersede({pk: now[pk] for pk in differing if pk in now})
    return written


def _facts(row: Counted | None) -> tuple[object, ...] | None:
    return tuple(getattr(row, name) for name in _COLUMNS) if row else None


def lock_numbers() -> None:
    """All that is counted lies within the UK: its row is the lock, so that two changes never wait in a ring."""
    Tally.objects.bulk_create([Tally(place_id=UK_CODE, cells=empty_tally().tobytes())], ignore_conflicts=True)
    Tally.objects.select_for_update().only("pk").get(place_id=UK_CODE)


def _counted(ids: Collection[int]) -> Iterable[Counted]:
    """What each of these adds, of those that a list shows."""
    places: dict[int, dict[str, bool]] = defaultdict(dict)
    reached = ReachedPlace.objects.filter(initiative__in=ids).values_list("initiative_id", "place_id", "declared")
    for pk, code, declared in reached:
        places[pk][code] = declared
    columns = ("pk", "stages", "transitions", "support", "reach", "capacity", "ends_on")
    listed = Initiative.objects.filter(pk__in=ids, listing__isnull=False).values_list(*columns)
    for pk, stages, transitions, support, reach, capacity, ends_on in listed:
        yield Counted(
            initiative_id=pk,
            steps=mask_of((*stages, *transitions), STEPS),
            support=mask_of(support, SUPPORTS),
            online=reach == Reach.ONLINE,
            capacity=capacity,
            month=month_of(ends_on) if ends_on else None,
            places=dict(sorted(places[pk].items())),
        )


def _write_places(changes: dict[str, Numbers]) -> int:
    changed = {code: numbers for code, numbers in changes.items() if numbers.any()}
    kept = dict(Tally.objects.filter(pk__in=changed).values_list("pk", "cells"))
    rows = [
        Tally(place_id=code, cells=(numbers + unpack_tally(kept[code]) if code in kept else numbers).tobytes())
        for code, numbers in sorted(changed.items())
    ]
    Tally.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place"], update_fields=["cells"], batch_size=200
    )
    return len(rows)


def _write_months(changes: dict[tuple[str, int], Numbers]) -> int:
    changed = {key: numbers for key, numbers in changes.items() if numbers.any()}
    if not changed:
        return 0
    codes, months = {code for code, _month in changed}, {month for _code, month in changed}
    found = Ending.objects.filter(place__in=codes, month__in=months).values_list("place_id", "month", "cells")
    kept = {(code, month): cells for code, month, cells in found}
    rows, gone = [], 0
    for key, numbers in sorted(changed.items()):
        after = numbers + unpack_ending(kept[key]) if key in kept else numbers
        if after.any():
            rows.append(Ending(place_id=key[0], month=key[1], cells=after.tobytes()))
        else:  # months that are over would else stay for ever
            gone += Ending.objects.filter(place_id=key[0], month=key[1]).delete()[0]
    Ending.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["place", "month"], update_fields=["cells"], batch_size=200
    )
    return len(rows) + gone
