"""The listed initiatives that reach a place, as columns: one query over narrow rows, whatever the place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Count

from initiatives.models import ReachedPlace
from partnerships.chains.order import NO_STEP
from partnerships.chains.rule import UNKNOWN, Column, Lives
from partnerships.coverage.models import Counted
from partnerships.overlaps.models import Profile
from places.models import PlaceKind
from places.queries import UK_CODE, Gazetteer, PlaceFacts, gazetteer

_WORD = 63  # bits of a whole number that databases and arrays both count without a sign
FROM_AFAR = (PlaceKind.NATION, PlaceKind.UK)
Bits = Mapping[str, tuple[int, ...]]  # a place's code → its council areas, a bit each, in words


def lives_in(place: PlaceFacts) -> Lives:
    """Whatever reaches the place. Work of which nobody knows where it is reaches none of its council areas."""
    gaz = gazetteer()
    inside = gaz.within(place.code)
    return lives_of({*inside, *gaz.ancestors(place.code)}, gaz.authorities_in(place.code), own=inside)


def how_many_reach(place: PlaceFacts) -> int:
    """As `lives_in` would read. One query, however many they are."""
    gaz = gazetteer()
    codes = {*gaz.within(place.code), *gaz.ancestors(place.code)}
    rows = ReachedPlace.objects.filter(place__in=codes, declared=True)
    return int(rows.aggregate(n=Count("initiative", distinct=True))["n"])


def lives_of(
    codes: Collection[str], areas: Sequence[str], *, own: Collection[str] = (), besides: Collection[int] = ()
) -> Lives:
    """What declares one of these places, and the initiatives `besides`, with the council areas `areas` that each
    reaches. One query."""
    return laid_out(_rows(sorted(codes), sorted(besides)), bits_of(tuple(areas)), own=frozenset(own))


def bits_of(areas: tuple[str, ...]) -> Bits:
    return _bits(areas, gazetteer())


@lru_cache(maxsize=500)
def _bits(areas: tuple[str, ...], gaz: Gazetteer) -> Bits:
    """Of every place around or at these council areas."""
    words = max(1, -(-len(areas) // _WORD))
    found: dict[str, list[int]] = {}
    for number, area in enumerate(sorted(areas)):
        for code in gaz.closure_up(area):
            found.setdefault(code, [0] * words)[number // _WORD] |= 1 << number % _WORD
    return {code: tuple(mask) for code, mask in found.items()}


Row = tuple[Any, ...]  # pk, place, steps, online, age_min, age_max, focus, ends, lead


def _rows(codes: Sequence[str], besides: Sequence[int]) -> list[Row]:
    tables = (connection.ops.quote_name(model._meta.db_table) for model in (ReachedPlace, Counted, Profile))
    reached, counted, profile = tables
    named = " OR ".join(
        f"{column} IN ({', '.join(['%s'] * len(values))})"
        for column, values in (("r.place_id", codes), ("r.initiative_id", besides))
        if values
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.initiative_id, r.place_id, c.steps, c.online, p.age_min, p.age_max, p.focus, p.ends, p.lead_id "  # noqa: S608  our own names only
            f"FROM {reached} r JOIN {counted} c ON c.initiative_id = r.initiative_id "
            f"JOIN {profile} p ON p.initiative_id = r.initiative_id "
            f"WHERE ({named or 'FALSE'}) AND r.declared = TRUE ORDER BY r.initiative_id",
            [*codes, *besides],
        )
        return list(cursor.fetchall())


def laid_out(rows: Sequence[Row], bits: Bits, *, own: Collection[str] = ()) -> Lives:
    """A row for each initiative and each place it declares, in the order of the initiatives, as columns."""
    gaz = gazetteer()
    words = len(next(iter(bits.values()), (0,)))
    table = np.array(
        [
            (pk, steps, UNKNOWN if low is None else low, UNKNOWN if high is None else high, focus, ends or 0, lead)
            for pk, _code, steps, _online, low, high, focus, ends, lead in rows
        ],
        dtype="<i8",
    ).reshape(-1, 7)
    pks, first_rows, number = np.unique(table[:, 0], return_index=True, return_inverse=True)
    nowhere = (0,) * words
    codes = {row[1] for row in rows}
    afar = {code for code in codes if code == UK_CODE or (code in gaz and gaz[code].kind in FROM_AFAR)}
    everywhere = np.array([bits.get(row[1], nowhere) for row in rows], dtype="<i8").reshape(-1, words)
    is_near = np.array([not row[3] and row[1] not in afar for row in rows], dtype=bool)
    is_own = np.array([row[1] in own for row in rows], dtype=bool)
    areas, near = (np.zeros((len(pks), words), dtype="<i8") for _ in range(2))
    np.bitwise_or.at(areas, number, everywhere)
    np.bitwise_or.at(near, number, everywhere * is_near[:, None])
    mine = np.zeros(len(pks), dtype=bool)
    np.logical_or.at(mine, number, is_own)
    _pk, steps, low, high, focus, ends, leads = table[first_rows].T
    return Lives(
        pks=pks,
        steps=steps,
        first=_lowest(steps),
        last=_highest(steps),
        youngest=low,
        oldest=high,
        focus=focus,
        areas=areas,
        near=near,
        ends=ends,
        own=mine,
        leads=leads,
        bits=bits,
    )


def _highest(masks: Column) -> Column:
    """The number of the highest bit; NO_STEP where there is none. Exact: steps are fewer than a float's digits."""
    return np.where(masks > 0, np.frexp(masks.astype(float))[1] - 1, NO_STEP)


def _lowest(masks: Column) -> Column:
    return _highest(masks & -masks)
