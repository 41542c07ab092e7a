"""The formula worked through with a spot of today, and its weights."""

from __future__ import annotations

from dataclasses import dataclass

from partnerships.coldspots.asking import ColdQuery, plain
from partnerships.coldspots.formula import LIMITS, USUAL, factors
from partnerships.coldspots.queries.ranking import Spot
from partnerships.coldspots.queries.showing import cell_of, shown_score
from partnerships.coldspots.words import NAMES_OF_WEIGHTS


@dataclass(frozen=True, slots=True)
class Example:
    """One spot: what goes into the formula, the three factors and what comes out, as a page has them."""

    place: str
    cell: str
    share: str
    near_count: int
    afar_count: int
    need: str
    near: str
    afar: str
    score: str
    shown: str


def example_of(spot: Spot, query: ColdQuery) -> Example:
    found = factors(spot.need, spot.near, spot.afar, query.weights)
    return Example(
        place=spot.place.label,
        cell=cell_of(spot),
        share=plain(spot.need),
        near_count=spot.near,
        afar_count=spot.afar,
        need=plain(float(found.need)),
        near=plain(float(found.near)),
        afar=plain(float(found.afar)),
        score=plain(round(float(found.score), 1)),
        shown=str(shown_score(float(found.score))),
    )


@dataclass(frozen=True, slots=True)
class WeightLine:
    """A weight: what it is here, what usually, and between what it may be."""

    name: str
    here: str
    usual: str
    low: str
    high: str


def weight_lines(query: ColdQuery) -> list[WeightLine]:
    return [
        WeightLine(
            str(NAMES_OF_WEIGHTS[name]), query.said_weights[name], plain(getattr(USUAL, name)), plain(low), plain(high)
        )
        for name, (low, high) in LIMITS.items()
    ]
