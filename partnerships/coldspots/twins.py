"""Which places are alike: near in need, in how densely people live, and in how many they are.

    distance = √((need² + density² + people²) / 3)

of the differences of the three, each as the place's position among all of its kind, nought (lowest) to one (highest).
Area is that of the map's shapes (docs/maps.md), people are those of the places table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from partnerships.coverage.grid import Numbers
from places.boundaries.reading import shape
from places.queries import PlaceFacts, gazetteer

MOST_TWINS = 10
LEAST_LIKENESS = 50  # below which places are not called alike
_SPARSE, _DENSE = 300, 1_500  # people per km²
_HECTARES = 100  # in a square kilometre


class Settled(StrEnum):
    """How densely people live, by the cut-offs of the Degree of Urbanisation (Eurostat and others, 2021: 300 and 1,500
    people per km²). These are meant for squares of a kilometre; here they are asked of whole areas, so this is no
    official classification of them."""

    SPARSE = "sparse"
    BETWEEN = "between"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Twin:
    """A place with the three facts by which places are compared; `likeness` to another is 100 where all are equal."""

    place: PlaceFacts
    need: float
    people: int
    density: float  # people per km²
    likeness: float

    @property
    def settled(self) -> Settled:
        return settled_of(self.density)


def settled_of(density: float) -> Settled:
    if density < _SPARSE:
        return Settled.SPARSE
    return Settled.BETWEEN if density < _DENSE else Settled.DENSE


def density_of(place: PlaceFacts) -> float:
    """People per km², over the council areas that a place holds."""
    gaz = gazetteer()
    areas = gaz.authorities_in(place.code)
    hectares = sum(shape(code).hectares for code in areas)
    return _HECTARES * sum(gaz[code].population or 0 for code in areas) / hectares


def positions(values: ArrayLike) -> Numbers:
    """Of each value, how many are lower and half of the others that are the same, over all others: nought to one."""
    these = np.asarray(values, dtype=float)
    rising = np.sort(these)
    below, upto = np.searchsorted(rising, these, "left"), np.searchsorted(rising, these, "right")
    found: Numbers = (below + (upto - below - 1) / 2) / max(1, len(these) - 1)
    return found


def twins_of(place: PlaceFacts, shares: Mapping[str, float], most: int = MOST_TWINS) -> tuple[Twin, Sequence[Twin]]:
    """The place itself, and those of its kind most like it, the nearest first, none below LEAST_LIKENESS.

    `shares`: code → share of need, which has to know the place; raises KeyError where it does not.
    """
    known = [other for other in gazetteer().of_kind(place.kind) if other.code in shares]
    needs = np.array([shares[other.code] for other in known])
    people = np.array([other.population or 0 for other in known])
    density = np.array([density_of(other) for other in known])
    at = {other.code: number for number, other in enumerate(known)}[place.code]
    facts = np.stack([positions(needs), positions(density), positions(people)])
    distance = np.sqrt(np.mean((facts - facts[:, [at]]) ** 2, axis=0))
    order = [int(number) for number in np.argsort(distance, kind="stable") if number != at]

    def twin(number: int) -> Twin:
        return Twin(
            place=known[number],
            need=float(needs[number]),
            people=int(people[number]),
            density=float(density[number]),
            likeness=100 * (1 - float(distance[number])),
        )

    found = [twin(number) for number in order[:most]]
    return twin(at), [one for one in found if one.likeness >= LEAST_LIKENESS]
