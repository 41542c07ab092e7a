"""The numbers of several council areas together, each initiative once: one pass over narrow rows."""

from __future__ import annotations

import datetime
from collections.abc import Collection

import numpy as np
from django.db import connection

from initiatives.models import ReachedPlace
from partnerships.coverage.grid import STEPS, SUPPORTS, Numbers
from partnerships.coverage.models import Counted
from partnerships.coverage.queries.tallies import AROUND, HERE, NATION, ONLINE, REGION, UK, WayNumbers
from places.models import PlaceKind
from places.queries import gazetteer
from texts.months import month_of

WAYS_OF_SET = (HERE, REGION, NATION, UK, ONLINE)
_RANK = {kind: WAYS_OF_SET.index(way) for kind, way in {PlaceKind.AUTHORITY: HERE, **AROUND}.items()}
_NONE = -1


def around_set(codes: Collection[str]) -> dict[str, int]:
    """The places whose naming reaches one of the set → the number in WAYS_OF_SET of the way it does."""
    gaz = gazetteer()
    every = {*codes, *(above for code in codes for above in gaz.ancestors(code))}
    return {code: _RANK[PlaceKind(gaz[code].kind)] for code in sorted(every)}


def numbers_of_set(codes: Collection[str], until: datetime.date) -> dict[str, WayNumbers]:
    """Way → its numbers, over council areas. Whatever reaches several of them counts once, in the nearest way."""
    ranks = around_set(codes)
    rows = _rows(ranks)
    pks, way, steps, support, capacity, month = rows
    nearest = np.lexsort((way, pks))
    first = nearest[np.unique(pks[nearest], return_index=True)[1]]
    way, steps, support, capacity, month = (column[first] for column in (way, steps, support, capacity, month))
    by_step, by_support = _bits(steps, len(STEPS)), _bits(support, len(SUPPORTS))
    ends = (month != _NONE) & (month <= month_of(until))
    return {
        name: _of_way(way == number, by_step, by_support, capacity, ends) for number, name in enumerate(WAYS_OF_SET)
    }


def _of_way(mine: Numbers, by_step: Numbers, by_support: Numbers, capacity: Numbers, ends: Numbers) -> WayNumbers:
    steps, support, places = by_step[mine].T, by_support[mine], capacity[mine]
    known = np.where(places == _NONE, 0, places)
    cells = np.stack([steps @ support, (steps * known) @ support, (steps * (places == _NONE)) @ support], axis=-1)
    return WayNumbers(cells, (steps * ends[mine]) @ support)


def _bits(masks: Numbers, words: int) -> Numbers:
    """Initiatives × (any, each word): whether they have it."""
    columns = [np.ones_like(masks), *((masks >> bit) & 1 for bit in range(words))]
    return np.stack(columns, axis=-1)


def _rows(ranks: dict[str, int]) -> tuple[Numbers, ...]:
    """Of each initiative and each of these places that it declares: pk, way, steps, support, capacity, month."""
    marks = ", ".join(["%s"] * len(ranks))
    reached, counted = (connection.ops.quote_name(model._meta.db_table) for model in (ReachedPlace, Counted))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.initiative_id, r.place_id, c.online, c.steps, c.support, c.capacity, c.month "  # noqa: S608  our own names only
            f"FROM {reached} r JOIN {counted} c ON c.initiative_id = r.initiative_id "
            f"WHERE r.place_id IN ({marks}) AND r.declared = TRUE",
            list(ranks),
        )
        found = cursor.fetchall()
    online = len(WAYS_OF_SET) - 1
    table = np.array(
        [
            (
                pk,
                online if is_online else ranks[code],
                steps,
                support,
                _NONE if capacity is None else capacity,
                _NONE if month is None else month,
            )
            for pk, code, is_online, steps, support, capacity, month in found
        ],
        dtype="<i8",
    ).reshape(-1, 6)
    return tuple(table[:, column] for column in range(6))
