"""Which initiatives are worth comparing with one: blocks of place and people, and the search engine's neighbours.

Whoever shares an authority or lies near by, and whoever gives the same support elsewhere, is looked at by packed traits
and by an index of words, thousands in a few milliseconds; the likeliest of them and of the engine's neighbours are
scored in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.parts import Numbers, structure
from partnerships.overlaps.relations import Weights, score
from partnerships.overlaps.shelf import Places, View
from partnerships.overlaps.traits import One, Rows

SCORED = 12  # in full, of each initiative: ten are kept
OF_ONE_ORGANISATION = 3
NEIGHBOURS = 40  # asked of the search engine
ENOUGH = 2_000  # in a block
_MIX = np.uint64(0x9E3779B97F4A7C15)
BOX = 0.3  # degrees: twenty miles north and south, twelve east and west


def candidates(
    view: View,
    one: One,
    weights: Weights,
    neighbours: Callable[[], Sequence[int]],
    purpose: Numbers,
    limit: int = SCORED,
    *,
    without: Sequence[int] = (),
) -> Places:
    """Rows of the table, the likeliest first: never of the same organisation, none of `without`. `purpose`: of all
    rows. `neighbours`: what reads like it, asked where its block is small: of thousands that are ranked by all their
    words the search engine knows none better, and would take longer than all the rest."""
    rows = view.rows
    block = _block(rows, one.row)
    if np.count_nonzero(block) < ENOUGH:
        block[view.where(neighbours())] = True
    block &= (rows["pk"] > 0) & (rows["lead"] != one.row["lead"])
    block[list(without)] = False
    where = np.flatnonzero(block)
    if not len(where):
        return where
    parts = {**structure(one.row, rows[where]), **view.set_parts(one.sets, where), "purpose": purpose[where]}
    strength, _relation = score(parts, weights).best()
    order = strongest_first(strength, int(one.row["pk"]), rows["pk"][where])
    return _few_of_each(where[order], rows["lead"], limit)


def strongest_first(strength: Numbers, one: int, many: NDArray[np.int64]) -> Places:
    """The order; equals by a number made of both ids: another for each, or the same few would be everybody's first."""
    with np.errstate(over="ignore"):
        pair = np.minimum(one, many).astype(np.uint64) * _MIX + np.maximum(one, many).astype(np.uint64)
        pair = (pair ^ (pair >> np.uint64(29))) * _MIX
    order: Places = np.lexsort((pair, -strength))
    return order


def _few_of_each(where: Places, leads: NDArray[np.int64], limit: int) -> Places:
    """The first of them, few of any one organisation: five hundred copies must not keep all others out."""
    met: Counter[int] = Counter()
    kept: list[int] = []
    for at in where.tolist():
        lead = int(leads[at])
        if met[lead] < OF_ONE_ORGANISATION:
            met[lead] += 1
            kept.append(at)
            if len(kept) == limit:
                break
    return np.array(kept, dtype=np.intp)


def _block(rows: Rows, one: Any) -> NDArray[np.bool_]:
    here = (rows["areas"] & one["areas"]).any(axis=1)
    if not np.isnan(one["latitude"]):
        here |= (np.abs(rows["latitude"] - one["latitude"]) < BOX) & (
            np.abs(rows["longitude"] - one["longitude"]) < BOX
        )
    helps = ((rows["support"] & one["support"]) > 0) | (rows["support"] == 0) | (one["support"] == 0)
    block: NDArray[np.bool_] = here | helps
    return block


def full_parts(view: View, one: One, where: Places, purpose: Numbers) -> dict[str, Numbers]:
    """All parts of one with the rows `where`."""
    return {**structure(one.row, view.rows[where]), **view.set_parts(one.sets, where), "purpose": purpose}
