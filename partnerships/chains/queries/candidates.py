"""Who could take up, or feed: pairs that the registry found already, then the nearest who do just that elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Q

from partnerships.chains.queries.broken import Break
from partnerships.chains.queries.lives import lives_of
from partnerships.chains.rule import BACKWARD, FORWARD, Column, Lives, meets, suits
from partnerships.overlaps.models import Pair, Relation, Standing
from places.domain.locating import middle_of
from places.domain.projecting import miles_between
from places.models import PlaceKind
from places.queries import Gazetteer, PlaceFacts, gazetteer

MOST = 3  # candidates of one initiative
NEAREST = 12  # council areas that are looked at around a place


@dataclass(frozen=True)
class Candidate:
    """An initiative that could. What it lacks: to reach the place at all, to be there other than from afar, people of
    that age, all the people."""

    pk: int
    lead: int
    miles: float | None  # from the middle of the place to that of its nearest council area; None where it is there
    is_pair: bool  # the registry found that one is the next step after the other
    lacks_place: bool
    lacks_nearness: bool
    lacks_ages: bool
    lacks_people: bool


@dataclass(frozen=True)
class Anchor:
    """The council area in which an initiative's chain breaks, and the nearest others with their miles."""

    place: PlaceFacts
    near: Sequence[tuple[float, str]]


def anchor_of(lives: Lives, at: int, place: PlaceFacts) -> PlaceFacts:
    """The place itself, where it is a council area; else the first by name that the initiative reaches from near by;
    else the place."""
    if place.is_authority:
        return place
    gaz = gazetteer()
    near = [int(word) for word in lives.near[at]]
    reached = [
        gaz[code]
        for code in gaz.authorities_in(place.code)
        if any(word & bits for word, bits in zip(near, lives.bits[code], strict=True))
    ]
    return min(reached, key=lambda one: one.name) if reached else place


def nearest(place: PlaceFacts) -> Sequence[tuple[float, str]]:
    """The nearest council areas, each with its miles from middle to middle; none of a place without one."""
    return _nearest(place.code, gazetteer())


@lru_cache(maxsize=1_000)
def _nearest(code: str, gaz: Gazetteer) -> tuple[tuple[float, str], ...]:
    here = middle_of(gaz[code])
    if here is None:
        return ()
    others = [(other.code, middle_of(other)) for other in gaz.of_kind(PlaceKind.AUTHORITY) if other.code != code]
    return tuple(sorted((miles_between(here, there), other) for other, there in others if there)[:NEAREST])


def candidates(
    lives: Lives, rows: Sequence[Break], place: PlaceFacts, *, is_forward: bool
) -> dict[int, list[Candidate]]:
    """Of each row's initiative those that could: two queries however many."""
    if not rows:
        return {}
    anchors = {row.at: _anchor(lives, row.at, place) for row in rows}
    steps, aside = _pairs({int(lives.pks[row.at]): row.at for row in rows}, is_forward=is_forward)
    around = {code for anchor in anchors.values() for _miles, code in anchor.near}
    here = {anchor.place.code for anchor in anchors.values() if anchor.place.is_authority}
    besides = {pk for found in steps.values() for pk in found} | {int(lives.pks[row.at]) for row in rows}
    wide = {above for code in here for above in gazetteer().ancestors(code)[:1]}  # its region's, which is there already
    pool = lives_of(around | here | wide, sorted(around | {*gazetteer().authorities_in(place.code)}), besides=besides)
    return {row.at: _of(lives, row.at, pool, anchors[row.at], place, steps, aside, is_forward) for row in rows}


def _anchor(lives: Lives, at: int, place: PlaceFacts) -> Anchor:
    own = anchor_of(lives, at, place)
    return Anchor(own, nearest(own) if own.is_authority else ())


Ids = Mapping[int, Sequence[int]]


def _pairs(ats: Mapping[int, int], *, is_forward: bool) -> tuple[Ids, Ids]:
    """Of each: what the registry found to be the step after it (or before it), the strongest first; and what people
    said is not related to it. One query."""
    rows = Pair.objects.filter(Q(low__in=ats) | Q(high__in=ats)).filter(
        Q(relation=Relation.NEXT_STEP) | Q(standing=Standing.SET_ASIDE)
    )
    steps: dict[int, list[int]] = defaultdict(list)
    aside: dict[int, list[int]] = defaultdict(list)
    for low, high, forward, standing in rows.order_by("-strength", "pk").values_list(
        "low_id", "high_id", "forward", "standing"
    ):
        for one, other, comes_first in ((low, high, forward), (high, low, not forward)):
            if one in ats and standing == Standing.SET_ASIDE:
                aside[one].append(other)
            elif one in ats and comes_first == is_forward and standing == Standing.OPEN:
                steps[one].append(other)
    return steps, aside


def between(lives: Lives, at: int, other: int, place: PlaceFacts, *, is_forward: bool) -> Candidate | None:
    """What one other lacks; None where it is not listed. One query."""
    anchor = _anchor(lives, at, place)
    areas = gazetteer().authorities_in(place.code)
    pool = lives_of((), sorted({*areas, *(code for _miles, code in anchor.near)}), besides=(int(lives.pks[at]), other))
    named: Ids = {int(lives.pks[at]): [other]}
    return next(iter(_of(lives, at, pool, anchor, place, named, {}, is_forward)), None)


def _of(
    lives: Lives, at: int, pool: Lives, anchor: Anchor, place: PlaceFacts, steps: Ids, aside: Ids, is_forward: bool
) -> list[Candidate]:
    direction = FORWARD if is_forward else BACKWARD
    own = int(lives.pks[at])
    (mine,) = np.flatnonzero(pool.pks == own) if own in pool.pks else (None,)
    if mine is None:
        return []
    fits, suited = meets(pool, int(mine), pool, direction), suits(pool, int(mine), pool)
    allowed = (pool.pks != own) & ~np.isin(pool.pks, list(aside.get(own, ())))
    target = _target(pool, int(mine), place)
    found: dict[int, Candidate] = {}

    def add(which: int, miles: float | None, *, is_pair: bool = False) -> None:
        reaches, near = (bool((column[which] & target).any()) for column in (pool.areas, pool.near))
        found.setdefault(
            int(pool.pks[which]),
            Candidate(
                pk=int(pool.pks[which]),
                lead=int(pool.leads[which]),
                miles=None if reaches else miles,
                is_pair=is_pair,
                lacks_place=not reaches,
                lacks_nearness=reaches and not near,
                lacks_ages=not fits[which],
                lacks_people=not suited[which],
            ),
        )

    position = {int(pk): number for number, pk in enumerate(pool.pks)}
    for pk in steps.get(own, ()):
        if pk in position and allowed[position[pk]]:
            add(position[pk], _miles(pool, position[pk], anchor), is_pair=True)
    for miles, code, wanted in (
        (0.0, anchor.place.code, fits & ~suited),
        *((m, c, fits & suited) for m, c in anchor.near),
    ):
        if len(found) >= MOST:
            break
        for which in np.flatnonzero(wanted & allowed & _has(pool, code))[:MOST]:
            add(int(which), miles)
    return list(found.values())[:MOST]


def _has(pool: Lives, code: str, column: str = "near") -> Column:
    """Which reach this council area, from near by unless said."""
    bits = pool.bits.get(code)
    if bits is None:
        return np.zeros(len(pool), dtype=bool)
    result: Column = (getattr(pool, column) & np.array(bits, dtype="<i8")).any(axis=1)
    return result


def _target(pool: Lives, mine: int, place: PlaceFacts) -> Column:
    """The council areas of which one must be reached: the place itself, or those of it where the initiative works."""
    inside = [pool.bits[code] for code in gazetteer().authorities_in(place.code)]
    whole: Column = np.bitwise_or.reduce(np.array(inside, dtype="<i8"), axis=0)
    near = pool.near[mine] & whole
    return near if near.any() and not place.is_authority else whole


def _miles(pool: Lives, which: int, anchor: Anchor) -> float | None:
    """To the nearest of the council areas around that it reaches from near by; None where it is in none of them."""
    return next((miles for miles, code in anchor.near if _has(pool, code)[which]), None)
