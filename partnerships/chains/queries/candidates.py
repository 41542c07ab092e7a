"""Who could take up, or feed: pairs that the registry found already, then the nearest who do just that elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import Q

from partnerships.chains.queries.broken import Break
from partnerships.chains.queries.lives import FROM_AFAR, lives_of
from partnerships.chains.rule import BACKWARD, FORWARD, Column, Lives, meets, picked, suits
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
    areas = sorted(around | {*gazetteer().authorities_in(place.code)})
    pool = Pool(lives_of(_near_by(around | here), areas, besides=besides))
    return {row.at: _of(lives, row.at, pool, anchors[row.at], place, steps, aside, is_forward) for row in rows}


def _near_by(codes: Collection[str]) -> set[str]:
    """These council areas and whatever is around each below a nation: who declares one of them acts there from near by,
    so that no row's candidates hang on which other rows are looked at with it."""
    gaz = gazetteer()
    return {one for code in codes for one in gaz.closure_up(code) if one in gaz and gaz[one].kind not in FROM_AFAR}


class Pool:
    """Initiatives among which candidates are looked for; who reaches a council area is found once."""

    def __init__(self, lives: Lives) -> None:
        self.lives = lives
        self._reaching: dict[str, Column] = {}

    def find(self, pk: int) -> int | None:
        """Where an initiative stands in the columns."""
        at = int(np.searchsorted(self.lives.pks, pk))
        return at if at < len(self.lives) and self.lives.pks[at] == pk else None

    def reaching(self, code: str) -> Column:
        """Where those stand that reach this council area from near by."""
        if code not in self._reaching:
            bits = self.lives.bits.get(code)
            known = bits is not None and (self.lives.near & np.array(bits, dtype="<i8")).any(axis=1)
            self._reaching[code] = np.flatnonzero(known)
        return self._reaching[code]


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


def _of(
    lives: Lives, at: int, pool: Pool, anchor: Anchor, place: PlaceFacts, steps: Ids, aside: Ids, is_forward: bool
) -> list[Candidate]:
    direction = FORWARD if is_forward else BACKWARD
    own = int(lives.pks[at])
    mine = pool.find(own)
    if mine is None:
        return []
    all_of = pool.lives
    target = _target(all_of, mine, place)
    without = {own, *aside.get(own, ())}
    found: dict[int, Candidate] = {}

    def fitting(which: Column) -> tuple[Column, Column]:
        others = picked(all_of, which)
        return meets(all_of, mine, others, direction), suits(all_of, mine, others)

    def add(which: int, miles: float | None, *, is_pair: bool = False) -> None:
        reaches, near = (bool((column[which] & target).any()) for column in (all_of.areas, all_of.near))
        fits, suited = (bool(each[0]) for each in fitting(np.array([which])))
        found.setdefault(
            int(all_of.pks[which]),
            Candidate(
                pk=int(all_of.pks[which]),
                lead=int(all_of.leads[which]),
                miles=None if reaches else miles,
                is_pair=is_pair,
                lacks_place=not reaches,
                lacks_nearness=reaches and not near,
                lacks_ages=not fits,
                lacks_people=not suited,
            ),
        )

    for pk in steps.get(own, ()):
        position = pool.find(pk)
        if position is not None and pk not in without:
            add(position, _miles(all_of, position, anchor), is_pair=True)
    for miles, code in ((None, anchor.place.code), *anchor.near):
        if len(found) >= MOST:
            break
        reaching = pool.reaching(code)
        fits, suited = fitting(reaching)
        wanted = reaching[fits & (~suited if miles is None else suited)]
        for which in [int(one) for one in wanted[: MOST + len(without)] if int(all_of.pks[one]) not in without][:MOST]:
            add(which, miles or 0.0)
    return list(found.values())[:MOST]


def _has(pool: Lives, which: int, code: str) -> bool:
    """Whether one reaches this council area from near by."""
    return any(int(word) & bits for word, bits in zip(pool.near[which], pool.bits.get(code, ()), strict=False))


def _target(pool: Lives, mine: int, place: PlaceFacts) -> Column:
    """The council areas of which one must be reached: the place itself, or those of it where the initiative works."""
    inside = [pool.bits[code] for code in gazetteer().authorities_in(place.code)]
    whole: Column = np.bitwise_or.reduce(np.array(inside, dtype="<i8"), axis=0)
    near = pool.near[mine] & whole
    return near if near.any() and not place.is_authority else whole


def _miles(pool: Lives, which: int, anchor: Anchor) -> float | None:
    """To the nearest of the council areas around that it reaches from near by; None where it is in none of them."""
    return next((miles for miles, code in anchor.near if _has(pool, which, code)), None)
