"""What places that are alike do where this one is cold, and who next door does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partnerships.coldspots.queries.ranking import Spot
from partnerships.coldspots.twins import Twin
from partnerships.coldspots.words import cell_words
from partnerships.coverage.asking import NAMED_ONLY, NEAR_ONLY, JourneyQuery
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT
from partnerships.coverage.queries.across import across
from partnerships.coverage.queries.listing import Named, some_near
from partnerships.coverage.queries.tallies import NAMED, NEAR
from partnerships.coverage.states import State, state_of
from places.boundaries.reading import neighbours
from places.queries import PlaceFacts, gazetteer

MOST_SPOTS = 7  # as many as there are transitions; each asks once who does it
MOST_DOERS = 5  # places of a spot
MOST_NAMES = 3  # initiatives of a place


@dataclass(frozen=True, slots=True)
class Doer:
    """A place that does something: how many initiatives, whether these are enough, their list, and some by name."""

    place: PlaceFacts
    count: int
    is_enough: bool
    url: str
    names: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Solved:
    """A spot that is cold here: the twins that do better, those with enough near first, and neighbours who do it."""

    spot: Spot
    cell: str
    twins: Sequence[Doer]
    next_door: Sequence[Doer]


def solved(place: PlaceFacts, spots: Sequence[Spot], twins: Sequence[Twin]) -> list[Solved]:
    """Of the first of these spots that are not covered and of which there is something to tell. Two queries, and one
    for each where a twin does better."""
    gaz = gazetteer()
    beside = [gaz[code] for code in neighbours(place.code)] if place.is_authority else []
    alike = [twin.place for twin in twins]
    found = across({one.code: one for one in (*alike, *beside)}.values())
    at = {one.code: number for number, one in enumerate(found.places)}
    nears, nameds = found.counts(NEAR), found.counts(NAMED)
    answers: list[Solved] = []
    for spot in spots:
        cell = (STEP_AT[spot.step], SUPPORT_AT[spot.support])
        near = {one: int(nears[(at[one.code], *cell)]) for one in alike}
        better = [one for one in alike if near[one] > spot.near]
        named = {one: int(nameds[(at[one.code], *cell)]) for one in beside}
        if spot.state == State.COVERED or not (better or any(named.values())):
            continue
        better = sorted(better, key=lambda one: not _covers(near[one]))[:MOST_DOERS]
        answers.append(
            Solved(
                spot=spot,
                cell=cell_words(spot.step, spot.support),
                twins=_doers(spot, better, near),
                next_door=[_doer(one, spot, number, NAMED_ONLY) for one, number in named.items() if number],
            )
        )
        if len(answers) == MOST_SPOTS:
            break
    return answers


def _doers(spot: Spot, places: Sequence[PlaceFacts], near: Mapping[PlaceFacts, int]) -> list[Doer]:
    codes = [one.code for one in places]
    names = some_near(codes, step=spot.step, support=spot.support, most=MOST_NAMES) if codes else {}
    return [_doer(one, spot, near[one], NEAR_ONLY, names[one.code]) for one in places]


def _covers(near: int) -> bool:
    """Enough of it near, whatever comes from afar."""
    return state_of(near, near, is_confirmed=False) == State.COVERED


def _doer(place: PlaceFacts, spot: Spot, count: int, way: str, names: Sequence[Named] = ()) -> Doer:
    asked = JourneyQuery((place,), step=spot.step, support=spot.support, way=way)
    return Doer(place, count, _covers(count), asked.list_url, names)


def better_at(answers: Sequence[Solved]) -> Mapping[str, int]:
    """Code of a twin → at how many of these spots it is shown to do better."""
    return Counter(twin.place.code for one in answers for twin in one.twins)
