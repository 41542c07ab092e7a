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


def solved(
    place: PlaceFacts, spots: Sequence[Spot], twins: Sequence[Twin], enough: float
) -> tuple[list[Solved], list[str]]:
    """Of the first of these cold spots of which there is something to tell; and the others where no twin does better
    and nobody next door does it, by name. Two queries, and one for each where a twin does better."""
    gaz = gazetteer()
    beside = [gaz[code] for code in neighbours(place.code)] if place.is_authority else []
    alike = [twin.place for twin in twins]
    found = across({one.code: one for one in (*alike, *beside)}.values())
    at = {one.code: number for number, one in enumerate(found.places)}
    nears, nameds = found.counts(NEAR), found.counts(NAMED)
    answers: list[Solved] = []
    nowhere: list[str] = []
    for spot in spots:
        cell = (STEP_AT[spot.step], SUPPORT_AT[spot.support])
        near = {one: int(nears[(at[one.code], *cell)]) for one in alike}
        better = [one for one in alike if near[one] > spot.near]
        named = {one: int(nameds[(at[one.code], *cell)]) for one in beside}
        if not (better or any(named.values())):
            nowhere.append(cell_words(spot.step, spot.support))
            continue
        if len(answers) == MOST_SPOTS:
            continue
        better = sorted(better, key=lambda one: near[one] < enough)[:MOST_DOERS]
        answers.append(
            Solved(
                spot=spot,
                cell=cell_words(spot.step, spot.support),
                twins=_doers(spot, better, near, enough),
                next_door=[_doer(one, spot, number, NAMED_ONLY, enough) for one, number in named.items() if number],
            )
        )
    return answers, nowhere


def _doers(spot: Spot, places: Sequence[PlaceFacts], near: Mapping[PlaceFacts, int], enough: float) -> list[Doer]:
    codes = [one.code for one in places]
    names = some_near(codes, step=spot.step, support=spot.support, most=MOST_NAMES) if codes else {}
    return [_doer(one, spot, near[one], NEAR_ONLY, enough, names[one.code]) for one in places]


def _doer(place: PlaceFacts, spot: Spot, count: int, way: str, enough: float, names: Sequence[Named] = ()) -> Doer:
    asked = JourneyQuery((place,), step=spot.step, support=spot.support, way=way)
    return Doer(place, count, count >= enough, asked.list_url, names)


def better_at(answers: Sequence[Solved]) -> Mapping[str, int]:
    """Code of a twin → at how many of these spots it is shown to do better."""
    return Counter(twin.place.code for one in answers for twin in one.twins)
