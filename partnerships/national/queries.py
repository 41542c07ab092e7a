"""One cell of every place of a kind, its totals and its order: three queries, however many places and initiatives."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils import timezone

from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.grid import horizon
from partnerships.coverage.queries.across import PlaceCell, across
from partnerships.coverage.states import State
from partnerships.national.asking import NationalQuery
from places.queries import PlaceFacts, gazetteer

EMPTIEST = (State.NONE, State.UNKNOWN, State.THIN, State.COVERED)
_BY: dict[str, Callable[[PlaceCell], int]] = {
    "state": lambda cell: EMPTIEST.index(cell.state),
    **{name: attrgetter(name) for name in ("count", "near", "afar", "ending")},
    "places": attrgetter("near_places"),
}


@dataclass(frozen=True)
class National:
    """The places that are shown, in their order; `totals` are of all of the kind, whatever state is asked for."""

    query: NationalQuery
    until: datetime.date
    cells: Sequence[PlaceCell]
    totals: Sequence[tuple[State, int]]

    @property
    def number(self) -> int:
        """How many places there are of the kind within the place."""
        return sum(number for _state, number in self.totals)

    def list_of(self, cell: PlaceCell) -> JourneyQuery:
        """The list behind a place's number; `.but(way=…)` of those from near or from afar."""
        return JourneyQuery((cell.place,), step=self.query.step, support=self.query.support)


def national(query: NationalQuery, *, today: datetime.date | None = None) -> National:
    today = today or timezone.localdate()
    until = horizon(today)
    every = list(across(places_of(query), until=until, today=today).at(query.step, query.support).values())
    totals = [(state, sum(cell.state == state for cell in every)) for state in State]
    shown = [cell for cell in every if not query.state or cell.state == query.state]
    return National(query, until, _ordered(query, shown), totals)


def _ordered(query: NationalQuery, cells: list[PlaceCell]) -> list[PlaceCell]:
    """They come by name, and those alike stay so."""
    if query.sort == "place":
        return cells[::-1] if query.descending else cells
    return sorted(cells, key=_BY[query.sort], reverse=query.descending)


def places_of(query: NationalQuery) -> list[PlaceFacts]:
    """The places that are asked for, by name."""
    return list(gazetteer().of_kind_within(query.kind, query.within))
