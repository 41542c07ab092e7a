"""The journey of a place: each stage and transition with each kind of support, its numbers and what they mean."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, SUPPORTS, Measure, Numbers, horizon
from partnerships.coverage.models import Confirmation
from partnerships.coverage.queries.confirmed import confirmed_in
from partnerships.coverage.queries.sets import numbers_of_set
from partnerships.coverage.queries.tallies import NAMED, NEAR, WayNumbers, numbers_of_place
from partnerships.coverage.states import State, state_of


@dataclass(slots=True)  # not frozen: two hundred of a page would take half a millisecond longer to make
class Cell:
    """One step with one kind of support; "" is any of them. Nobody changes it."""

    step: str
    support: str
    count: int
    named: int  # of them name the place or a part of it
    places: int  # a year, of those that say
    unknown: int  # do not say how many places they have
    ending: int  # by the horizon
    state: State
    confirmation: Confirmation | None = None


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

    def of_way(self, way: str, step: str = "", support: str = "") -> int:
        """How many reach it in one way, whatever is asked for."""
        return int(self.by_way[way].cells[STEP_AT[step], SUPPORT_AT[support], Measure.COUNT])


def journey(query: JourneyQuery, *, today: datetime.date | None = None) -> Journey:
    """Three queries, at any size of the registry; of a set of places the first grows with what reaches them."""
    today = today or timezone.localdate()
    until = horizon(today)
    by_way = numbers_of_set(query.codes, until) if query.is_set else numbers_of_place(query.place, until)
    asked = [by_way[way] for way in query.ways if way in by_way]
    named = [by_way[way].cells for way in NAMED if way in by_way]
    near = [by_way[way].cells for way in NEAR if way in by_way]
    cells, ending = _sum([one.cells for one in asked]), _sum([one.ending for one in asked])
    kinds = _Sums(cells, ending, cells if query.way else _sum(near), _sum(named))
    confirmed = confirmed_in(query.codes, today)
    return Journey(query, until, _cells(query, kinds, confirmed), by_way, confirmed)


def _sum(those: Sequence[Numbers]) -> Numbers | None:
    return sum(those[1:], those[0].copy()) if those else None


@dataclass(frozen=True)
class _Sums:
    """What is asked for: cells × measures, how many end, and how many are near and by name. None: nothing at all."""

    cells: Numbers | None
    ending: Numbers | None
    near: Numbers | None
    named: Numbers | None


def _cells(
    query: JourneyQuery, sums: _Sums, confirmed: Mapping[tuple[str, str], Confirmation]
) -> dict[tuple[str, str], Cell]:
    """As plain numbers: NumPy's, taken one by one, would cost more than all the rest."""
    none = [[[0, 0, 0]] * len(SUPPORT_AT)] * len(STEP_AT)
    rows, near, named = (
        numbers.tolist() if numbers is not None else none for numbers in (sums.cells, sums.near, sums.named)
    )
    ends = sums.ending.tolist() if sums.ending is not None else [[0] * len(SUPPORT_AT)] * len(STEP_AT)
    found = {}
    for step in ("", *query.steps):
        at = STEP_AT[step]
        for support in ("", *SUPPORTS):
            to = SUPPORT_AT[support]
            count, places, unknown = rows[at][to]
            by_name = named[at][to][0]
            said = None if by_name else confirmed.get((step, support)) or confirmed.get((step, ""))
            state = state_of(count, near[at][to][0], is_confirmed=said is not None)
            found[step, support] = Cell(step, support, count, by_name, places, unknown, ends[at][to], state, said)
    return found
