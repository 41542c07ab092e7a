"""Places ranked by how cold their spots are: kept numbers against shares of need, at any size of the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from partnerships.coldspots.asking import ColdQuery
from partnerships.coldspots.formula import factors
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, Numbers
from partnerships.coverage.queries.across import across
from partnerships.coverage.queries.tallies import NEAR
from partnerships.coverage.states import State
from places.queries import PlaceFacts

_STATES = tuple(State)
_DIGITS = 9  # scores that differ less are the same


@dataclass(frozen=True, slots=True)
class Spot:
    """One step with one kind of support in one place, against how much the place is in need."""

    place: PlaceFacts
    step: str
    support: str
    need: float
    near: int
    afar: int
    state: State  # of what is near: nation-wide and online work says nothing of who acts here
    score: float
    rank: int = 0  # 1 is the coldest; the same score is the same rank


@dataclass(frozen=True)
class Ranking:
    """Every cell that was asked for, coldest first. Arrays are flat; `order` are the numbers of those to be listed."""

    query: ColdQuery
    places: Sequence[PlaceFacts]  # that an index says something of
    missing: Sequence[PlaceFacts]  # of which none does
    needs: Numbers
    near: Numbers
    afar: Numbers
    states: Numbers
    scores: Numbers
    order: Numbers

    def __len__(self) -> int:
        return len(self.order)

    @property
    def cells(self) -> int:
        """How many were asked for, whatever their score."""
        return int(self.scores.size)

    @cached_property
    def cold(self) -> int:
        """How many of the list are called cold: they come first."""
        return int(self._is_cold.sum())

    @cached_property
    def cold_places(self) -> int:
        """How many places have a spot of the list that is called cold."""
        return int(np.unique(self.order[self._is_cold] // self._a_place).size)

    @cached_property
    def _is_cold(self) -> Numbers:
        found: Numbers = np.round(self.scores[self.order], _DIGITS) >= self.query.cold_from
        return found

    @cached_property
    def _falling(self) -> Numbers:
        return -np.round(self.scores[self.order], _DIGITS)

    def spots(self, start: int = 0, stop: int | None = None) -> list[Spot]:
        """Those of the list from `start` on, before `stop`."""
        numbers = self.order[start:stop]
        ranks = np.searchsorted(self._falling, self._falling[start:stop], side="left") + 1
        return [self._spot(int(at), int(rank)) for at, rank in zip(numbers, ranks, strict=True)]

    def coldest(self) -> Mapping[str, Spot]:
        """Code → the coldest listed spot of each place that has one."""
        firsts = np.unique(self.order // self._a_place, return_index=True)[1]
        return {spot.place.code: spot for spot in (self._spot(int(self.order[first])) for first in firsts)}

    @cached_property
    def known(self) -> frozenset[PlaceFacts]:
        """The places that an index says something of."""
        return frozenset(self.places)

    @property
    def _a_place(self) -> int:
        return len(self.query.steps) * len(self.query.supports)

    def _spot(self, at: int, rank: int = 0) -> Spot:
        number, cell = divmod(at, self._a_place)
        step, support = divmod(cell, len(self.query.supports))
        return Spot(
            place=self.places[number],
            step=self.query.steps[step],
            support=self.query.supports[support],
            need=float(self.needs[number]),
            near=int(self.near[at]),
            afar=int(self.afar[at]),
            state=_STATES[int(self.states[at])],
            score=float(self.scores[at]),
            rank=rank,
        )


def rank(query: ColdQuery, shares: Mapping[str, float]) -> Ranking:
    """Two queries. `shares`: code → share of need, by the indices that count."""
    asked = (query.place,) if query.place else query.places
    places = [place for place in asked if place.code in shares]
    found = across(places)
    cells = np.ix_(
        range(len(places)), [STEP_AT[step] for step in query.steps], [SUPPORT_AT[one] for one in query.supports]
    )
    counts, near = (numbers[cells].ravel() for numbers in (found.counts(), found.counts(NEAR)))
    states = _states_of(near, found.confirmed[cells].ravel(), query.weights.enough)
    needs = np.array([shares[place.code] for place in places])
    spread = np.repeat(needs, len(query.steps) * len(query.supports))
    scores = factors(spread, near, counts - near, query.weights).score
    order = _sorted(scores, states)
    listed = scores[order] > 0
    if query.state:
        listed &= states[order] == _STATES.index(State(query.state))
    missing = [place for place in asked if place.code not in shares]
    return Ranking(query, places, missing, needs, near, counts - near, states, scores, order[listed])


def _states_of(near: Numbers, confirmed: Numbers, enough: float) -> Numbers:
    """The number in _STATES of each cell, by what is near alone and by how many these weights call enough."""
    covered, thin, none, unknown = map(_STATES.index, (State.COVERED, State.THIN, State.NONE, State.UNKNOWN))
    found: Numbers = np.select([near >= enough, near > 0, confirmed], [covered, thin, none], unknown)
    return found


def _sorted(scores: Numbers, states: Numbers) -> Numbers:
    """The coldest first; of the same score what is confirmed before what nobody looked at, then by place and step."""
    confirmed = states != _STATES.index(State.NONE)
    return np.lexsort((np.arange(scores.size), confirmed, -np.round(scores, _DIGITS)))
