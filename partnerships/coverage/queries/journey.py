"""The journey of a place: each stage and transition with each kind of support, its numbers and what they mean."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone

from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, SUPPORTS, Measure, horizon
from partnerships.coverage.models import Confirmation
from partnerships.coverage.queries.confirmed import confirmed_in
from partnerships.coverage.queries.sets import numbers_of_set
from partnerships.coverage.queries.tallies import NAMED, NEAR, WayNumbers, no_numbers, numbers_of_place
from partnerships.coverage.states import State, state_of


@dataclass(slots=True)  # not frozen: two hundred of a page would take half a millisecond longer to make
class Cell:
    """One step with one kind of support. Nobody changes it."""

    count: int
    places: int  # a year, of those that say
    unknown: int  # do not say how many places they have
    ending: int  # by the horizon
    state: State
    confirmation: Confirmation | None = None
    near: int = 0  # not from afar: they name it or a part of it, or are for its region
    near_places: int = 0  # a year, of those from near that say
    near_unknown: int = 0  # from near, and do not say how many places they have

    @property
    def afar(self) -> int:
        """Nation-wide, UK-wide, online."""
        return self.count - self.near

    @property
    def is_confirmed_but_reached(self) -> bool:
        """Somebody looked, and nobody does it here; what there is comes from afar alone."""
        return self.confirmation is not None and self.count > 0 and not self.near


@dataclass(frozen=True)
class Journey:
    """Cells by step and support, as asked for; `by_way` has each way that can reach the place, the nearest first."""

    query: JourneyQuery
    until: datetime.date
    cells: Mapping[tuple[str, str], Cell]
    by_way: Mapping[str, WayNumbers]
    confirmed: Mapping[tuple[str, str], Confirmation]

    @property
    def ways(self) -> tuple[str, ...]:
        return tuple(self.by_way)

    def cell(self, step: str = "", support: str = "") -> Cell:
        return self.cells[step, support]

    def capacity(self, cell: Cell) -> tuple[int, int, int]:
        """Whose places a page shows: how many initiatives, their places a year, how many of them do not say. Those
        from near, as what comes from afar is shared with everywhere else; of one way all that come in it."""
        if self.query.way:
            return cell.count, cell.places, cell.unknown
        return cell.near, cell.near_places, cell.near_unknown

    def of_way(self, way: str, step: str = "", support: str = "") -> int:
        """How many reach it in one way, whatever is asked for."""
        return int(self.by_way[way].cells[STEP_AT[step], SUPPORT_AT[support], Measure.COUNT])


def journey(query: JourneyQuery, *, today: datetime.date | None = None) -> Journey:
    """Three queries, at any size of the registry; of a set of places the first grows with what reaches them."""
    today = today or timezone.localdate()
    until = horizon(today)
    by_way = numbers_of_set(query.codes, until) if query.is_set else numbers_of_place(query.place, until)
    asked, named = _together(by_way, query.ways), _together(by_way, NAMED)
    near = _together(by_way, [way for way in query.ways if way in NEAR])
    confirmed = confirmed_in(query.codes, today)
    return Journey(query, until, _cells(query, asked, near, named, confirmed), by_way, confirmed)


def _together(by_way: Mapping[str, WayNumbers], ways: Sequence[str]) -> WayNumbers:
    """The sums over those of the ways that can reach the place."""
    sums = no_numbers()
    for one in (by_way[way] for way in ways if way in by_way):
        np.add(sums.cells, one.cells, out=sums.cells)
        np.add(sums.ending, one.ending, out=sums.ending)
    return sums


def _cells(
    query: JourneyQuery,
    asked: WayNumbers,
    near: WayNumbers,
    named: WayNumbers,
    confirmed: Mapping[tuple[str, str], Confirmation],
) -> dict[tuple[str, str], Cell]:
    """As plain numbers: NumPy's, taken one by one, would cost more than all the rest."""
    rows, ends = asked.cells.tolist(), asked.ending.tolist()
    nearby, by_name = near.cells.tolist(), named.cells[..., Measure.COUNT].tolist()
    found = {}
    for step in ("", *query.steps):
        at = STEP_AT[step]
        for support in ("", *SUPPORTS):
            to = SUPPORT_AT[support]
            count, places, unknown = rows[at][to]
            said = None if by_name[at][to] else confirmed.get((step, support)) or confirmed.get((step, ""))
            close = nearby[at][to]
            state = state_of(count, count if query.way else close[0], is_confirmed=said is not None)
            found[step, support] = Cell(count, places, unknown, ends[at][to], state, said, *close)
    return found
