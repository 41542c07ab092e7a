"""The numbers of many places at once, by the rule of one: what national tables and cold spots are made of.

Two queries at any size of the registry, and one more for what ends. The first axis of each array is places; the rest
lies as `grid.py` says, so that `[:, STEP_AT[step], SUPPORT_AT[support]]` is one cell of all of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from partnerships.coverage.grid import (
    CELLS,
    STEP_AT,
    SUPPORT_AT,
    Measure,
    Numbers,
    unpack_ending,
    unpack_tally,
)
from partnerships.coverage.queries.confirmed import confirmed_each
from partnerships.coverage.queries.tallies import (
    NAMED,
    NEAR,
    WAYS,
    ending_rows,
    give,
    tally_rows,
    ways_of_place,
)
from partnerships.coverage.states import State, state_of
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.months import month_of

KINDS = (
    PlaceKind.AUTHORITY,
    PlaceKind.REGION,
    PlaceKind.COMBINED_AUTHORITY,
    PlaceKind.NATION,
    PlaceKind.PRIORITY_AREA,
)


def places_around() -> list[PlaceFacts]:
    """Within which places are looked at side by side: the UK, nations, regions."""
    gaz = gazetteer()
    return [gaz[UK_CODE], *gaz.of_kind(PlaceKind.NATION), *gaz.of_kind(PlaceKind.REGION)]


@dataclass(frozen=True, slots=True)
class PlaceCell:
    """One step with one kind of support in one place: the same figures as its journey shows."""

    place: PlaceFacts
    count: int  # initiatives that reach it
    near: int  # of them not from afar: they name it or a part of it, or are for its region
    named: int  # of them name it or a part of it
    places: int  # a year, of those that say
    unknown: int  # do not say how many places they have
    ending: int | None  # by the horizon; None where that was not asked
    state: State
    near_places: int = 0  # a year, of those from near that say
    near_unknown: int = 0  # from near, and do not say how many places they have

    @property
    def afar(self) -> int:
        """Nation-wide, UK-wide, online."""
        return self.count - self.near


@dataclass(frozen=True)
class Across:
    """Numbers of places: by way (places × steps × supports × measures), of what ends (places × steps × supports)."""

    places: tuple[PlaceFacts, ...]
    by_way: Mapping[str, Numbers]  # every way that fits one of the places; nought where it does not fit
    ending: Mapping[str, Numbers]  # as `by_way`; empty where that was not asked
    confirmed: Numbers  # whether none is confirmed, of cells that nobody who names the place fills

    def counts(self, ways: Sequence[str] = WAYS) -> Numbers:
        """How many initiatives reach each place in one of these ways: places × steps × supports."""
        return self.of(Measure.COUNT, ways)

    def of(self, measure: Measure, ways: Sequence[str] = WAYS) -> Numbers:
        """One measure, summed over ways: places × steps × supports."""
        return _sum((self.by_way[way][..., measure] for way in ways if way in self.by_way), len(self.places))

    def _together(self, column: tuple[slice, int, int], ways: Sequence[str]) -> Numbers:
        """One cell of each place, summed over ways: places × measures."""
        total = np.zeros((len(self.places), len(Measure)), dtype="<i8")
        for way in ways:
            if way in self.by_way:
                total += self.by_way[way][column]
        return total

    def at(self, step: str = "", support: str = "") -> dict[str, PlaceCell]:
        """Code → one cell of each place, in the order of `places`. Empty words: of any step, any support."""
        column = (slice(None), STEP_AT[step], SUPPORT_AT[support])
        every, near, named = (self._together(column, ways) for ways in (WAYS, NEAR, NAMED))
        numbers = [
            every[:, Measure.COUNT],
            near[:, Measure.COUNT],
            named[:, Measure.COUNT],
            every[:, Measure.PLACES],
            every[:, Measure.UNKNOWN],
            near[:, Measure.PLACES],
            near[:, Measure.UNKNOWN],
            self.confirmed[column],
        ]
        ends = np.sum([one[column] for one in self.ending.values()], axis=0).tolist() if self.ending else None
        rows = zip(*(one.tolist() for one in numbers), strict=True)
        found = {}
        for number, (place, row) in enumerate(zip(self.places, rows, strict=True)):
            count, near, named, places, unknown, near_places, near_unknown, is_confirmed = row
            state = state_of(count, near, is_confirmed=is_confirmed)
            ending = ends[number] if ends else None
            found[place.code] = PlaceCell(
                place, count, near, named, places, unknown, ending, state, near_places, near_unknown
            )
        return found


def across(
    places: Iterable[PlaceFacts],
    *,
    until: datetime.date | None = None,
    today: datetime.date | None = None,
    rows: Mapping[str, bytes] | None = None,
) -> Across:
    """Of each of these places what `numbers_of_place` gives, e.g. of `gazetteer().of_kind(PlaceKind.AUTHORITY)`.

    `until`: the horizon, the last day of a month, where what ends by it is asked for too. `rows`: other
    rows than the kept ones, by place, as `Tally.cells` has them.
    """
    chosen = tuple(places)
    around = {place.code: (place.code, *gazetteer().ancestors(place.code)) for place in chosen}
    wanted = sorted({code for codes in around.values() for code in codes})
    own = {place.code: ways_of_place(place) for place in chosen}
    ways = [way for way in WAYS if any(way in those for those in own.values())]
    by_way = {way: np.zeros((len(chosen), *CELLS, len(Measure)), dtype="<i8") for way in ways}
    if rows is None:
        rows = dict(tally_rows(wanted)) if wanted else {}
    _fill(by_way, own, around, {code: [unpack_tally(kept)] for code, kept in rows.items()})
    ending = {}
    if until is not None and wanted:
        ending = {way: np.zeros((len(chosen), *CELLS), dtype="<i8") for way in ways}
        _fill(ending, own, around, _months(wanted, until))
    named = _sum((by_way[way][..., Measure.COUNT] for way in NAMED if way in by_way), len(chosen))
    confirmed = _confirmed(chosen, today or timezone.localdate()) & (named == 0)
    return Across(chosen, by_way, ending, confirmed)


def _fill(
    sums: Mapping[str, Numbers],
    own: Mapping[str, Sequence[str]],
    around: Mapping[str, Sequence[str]],
    rows: Mapping[str, Sequence[Numbers]],
) -> None:
    """Give each place its numbers, in the order of `own`: the arrays' rows are written in place."""
    for number, (wanted, ways) in enumerate(own.items()):
        mine = {way: sums[way][number] for way in ways}
        for code in around[wanted]:
            for kept in rows.get(code, ()):
                give(mine, wanted, code, kept)


def _months(wanted: Sequence[str], until: datetime.date) -> Mapping[str, list[Numbers]]:
    """Code → its months up to the horizon, summed, as a list of one."""
    found: dict[str, list[Numbers]] = {}
    for code, kept in ending_rows(list(wanted), month_of(until)):
        numbers = unpack_ending(kept)
        found[code] = [found[code][0] + numbers] if code in found else [numbers]
    return found


def _confirmed(places: Sequence[PlaceFacts], today: datetime.date) -> Numbers:
    """Whether somebody confirmed each cell: places × steps × supports. What is said of any kind is said of each."""
    said = np.zeros((len(places), *CELLS), dtype=bool)
    at = {place.code: number for number, place in enumerate(places)}
    for code, step, support in confirmed_each(list(at), today) if at else ():
        said[at[code], STEP_AT[step], SUPPORT_AT[support] if support else slice(None)] = True
    return said


def _sum(arrays: Iterable[Numbers], places: int) -> Numbers:
    total = np.zeros((places, *CELLS), dtype="<i8")
    for one in arrays:
        total += one
    return total
