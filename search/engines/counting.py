"""Narrowing, counting, ranking and paging of what a database found: one pass over arrays, the same for both databases.

A database gives each match as one row (`columns_for`); everything after that is here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engines.ranking import relevance
from search.query import DEEPEST_PAGE, Facet, Scope, SearchQuery, Sort
from search.results import Hit, SearchResults
from search.traits import LAYOUT, values_of
from search.words import Words

# How a match belongs to the place asked for.
LOCAL, WIDER, ELSEWHERE = 1, 2, 0
_EARTH_MILES = 3958.8
_WHOLE = {"object_id", "traits", "areas"}  # columns of numbers that have to be exact
_AT_ONCE = 500
Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """Every match, a column an array. Days are counted as `date.toordinal`."""

    ids: NDArray[np.int64]
    text: Numbers
    traits: NDArray[np.int64]
    areas: NDArray[np.int64]
    confirmed: Numbers
    completeness: Numbers
    published: Numbers
    closes: Numbers
    miles: Numbers
    local: Flags

    @classmethod
    def from_rows(cls, rows: NDArray[np.void], query: SearchQuery) -> Found:
        """Columns of the rows, without those that are neither within the radius nor reach the place."""
        given = rows.dtype.names or ()

        def column(name: str, otherwise: float) -> Any:
            return np.ascontiguousarray(rows[name]) if name in given else np.full(len(rows), otherwise)

        away = _miles(query.point, column("latitude", np.nan), column("longitude", np.nan))
        places = column("scope", LOCAL)
        if query.miles:
            # What names the place and no venue is as near as can be said.
            local = (away <= query.miles) | (np.isnan(away) & (places == LOCAL))
            kept = local | (places != ELSEWHERE)
        else:
            local = places == LOCAL
            kept = places != ELSEWHERE
        arrays = (
            column("object_id", 0),
            column("text", 1.0),
            column("traits", 0),
            column("areas", 0),
            column("confirmed", 0.0),
            column("completeness", 0.0),
            column("published", 0.0),
            column("closes", np.nan),
            away,
            local,
        )
        return cls(*arrays) if kept.all() else cls(*(array[kept] for array in arrays))


def rows_from(cursor: Any, names: Sequence[str]) -> NDArray[np.void]:
    """What a query gives, as one array of rows; what has no value is not a number.

    Row after row is packed and let go: tens of thousands of them alive at once set Python's garbage collector going,
    which takes longer than the search."""
    packed = np.dtype([(name, np.int64 if name in _WHOLE else np.float64) for name in names])
    return np.fromiter(chain.from_iterable(iter(lambda: cursor.fetchmany(_AT_ONCE), [])), dtype=packed)


def columns_for(query: SearchQuery, words: Words) -> tuple[str, ...]:
    """What a database has to give of each match; of ten thousands of matches each column costs."""
    wanted = ["object_id", "traits", "areas", "confirmed", "completeness"]
    wanted += ["text"] if words.groups else []
    wanted += ["latitude", "longitude"] if query.point else []
    wanted += ["published"] if query.order == Sort.NEWEST else []
    wanted += ["closes"] if query.order == Sort.CLOSING else []
    return (*wanted, "scope") if query.where else tuple(wanted)


def _miles(point: tuple[float, float] | None, latitude: Numbers, longitude: Numbers) -> Numbers:
    """Great-circle miles from a point (haversine); not a number where either end has no position."""
    if point is None:
        return np.full(len(latitude), np.nan)
    lat, lon = np.radians(latitude), np.radians(longitude)
    here_lat, here_lon = math.radians(point[0]), math.radians(point[1])
    half = np.sin((lat - here_lat) / 2) ** 2 + math.cos(here_lat) * np.cos(lat) * np.sin((lon - here_lon) / 2) ** 2
    distance: Numbers = 2 * _EARTH_MILES * np.arcsin(np.sqrt(half))
    return distance


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle miles between two positions."""
    return float(_miles(one, np.array([other[0]]), np.array([other[1]]))[0])


def _allowed(found: Found, facet: Facet, values: Sequence[str]) -> Flags:
    """Which matches have one of a facet's chosen values."""
    if facet == Facet.SCOPE:
        flags: Flags = np.isin(found.local, [value == Scope.LOCAL for value in values])
        return flags
    field, known = LAYOUT[facet], values_of(facet)
    column = getattr(found, field.column) >> field.start & ((1 << field.width) - 1)
    numbers = [known.index(value) for value in values if value in known]
    if field.many:
        flags = (column & sum(1 << number for number in numbers)) != 0
    else:
        flags = np.isin(column, [number + 1 for number in numbers])
    return flags


def _count(found: Found, facet: Facet, among: Flags) -> dict[str, int]:
    """How many of some matches have each value of a facet; values that none has are left out."""
    if facet == Facet.SCOPE:
        local = int(np.count_nonzero(found.local & among))
        counts = {Scope.LOCAL.value: local, Scope.WIDER.value: int(np.count_nonzero(among)) - local}
        return {value: number for value, number in counts.items() if number}
    field, known = LAYOUT[facet], values_of(facet)
    column = getattr(found, field.column)[among] >> field.start & ((1 << field.width) - 1)
    if field.many:
        numbers = [int(np.count_nonzero(column & (1 << bit))) for bit in range(len(known))]
    else:
        numbers = np.bincount(column, minlength=len(known) + 1)[1 : len(known) + 1].tolist()
    return {value: number for value, number in zip(known, numbers, strict=True) if number}


def facets_for(query: SearchQuery) -> tuple[Facet, ...]:
    """The facets that can be counted here: scope only where a place is asked for."""
    return (*LAYOUT, Facet.SCOPE) if query.where else tuple(LAYOUT)


def narrow(found: Found, query: SearchQuery) -> tuple[Flags, Mapping[Facet, Flags]]:
    """What passes every chosen facet, and for each chosen facet what passes all the others."""
    every: Flags = np.ones(len(found.ids), dtype=bool)
    passed = {facet: _allowed(found, facet, values) for facet, values in query.chosen if facet != Facet.TAG}
    for flags in passed.values():
        every = every & flags
    others: dict[Facet, Flags] = {}
    for facet in passed:
        rest: Flags = np.ones(len(found.ids), dtype=bool)
        for other, flags in passed.items():
            if other != facet:
                rest = rest & flags
        others[facet] = rest
    return every, others


def count_all(
    found: Found, query: SearchQuery, every: Flags, others: Mapping[Facet, Flags]
) -> dict[Facet, dict[str, int]]:
    """Every facet's counts, each without its own choice."""
    return {facet: _count(found, facet, others.get(facet, every)) for facet in facets_for(query)}


def page_of_hits(found: Found, query: SearchQuery, among: Flags, size: int) -> SearchResults:
    """One page in the order asked for. A page past the end gives the last one."""
    at = np.flatnonzero(among)
    scores = relevance(found.text[at], found.confirmed[at], found.completeness[at], found.miles[at], found.local[at])
    keys = {
        Sort.RELEVANCE: -scores,
        Sort.NEWEST: -found.published[at],
        Sort.DISTANCE: np.where(np.isnan(found.miles[at]), np.inf, found.miles[at]),
        Sort.CLOSING: np.where(np.isnan(found.closes[at]), np.inf, found.closes[at]),
    }[query.order]
    total = len(at)
    pages = max(1, min(-(-total // size), DEEPEST_PAGE))
    page = min(max(query.page, 1), pages)
    shown = page * size
    # What comes after this page need not be put in order.
    near = np.flatnonzero(keys <= np.partition(keys, shown - 1)[shown - 1]) if shown < total else np.arange(total)
    # Equal keys go by score, then the newest id first: the same order on every engine.
    order = near[np.lexsort((-found.ids[at[near]], -scores[near], keys[near]))][shown - size : shown]
    hits = [
        Hit(
            pk=int(found.ids[row]),
            score=float(score),
            text=float(found.text[row]),
            published=int(found.published[row]),
            miles=None if np.isnan(found.miles[row]) else float(found.miles[row]),
            is_local=bool(found.local[row]),
        )
        for row, score in zip(at[order], scores[order], strict=True)
    ]
    return SearchResults(hits=hits, total=total, page=page, pages=pages)
