"""Which initiatives are worth comparing with one: blocks of place and people, and the search engine's neighbours.

Whoever shares an authority or lies near by, and whoever gives the same support elsewhere, is looked at by packed traits
and by an index of words, thousands in a few milliseconds; the likeliest of them and of the engine's neighbours are
scored in full.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partnerships.overlaps.parts import Numbers, structure
from partnerships.overlaps.relations import Weights, score
from partnerships.overlaps.shelf import Places, View

SCORED = 12  # in full, of each initiative: ten are kept
NEIGHBOURS = 40  # asked of the search engine
_BOX = 0.3  # degrees: twenty miles north and south, twelve east and west


def candidates(
    view: View, at: int, weights: Weights, neighbours: Sequence[int], purpose: Numbers, limit: int = SCORED
) -> Places:
    """Rows of the table, the likeliest first: never of the same organisation. `purpose`: of all rows."""
    rows, one = view.rows, view.rows[at]
    near = [view.at[pk] for pk in neighbours if pk in view.at]
    block = _block(view, at)
    block[near] = True
    block &= (rows["pk"] > 0) & (rows["lead"] != one["lead"])
    where = np.flatnonzero(block)
    if not len(where):
        return where
    parts = {**structure(one, rows[where]), **view.set_parts(view.sets[at], where), "purpose": purpose[where]}
    strength, _relation = score(parts, weights).best()
    return where[np.lexsort((-rows["pk"][where], -strength))[:limit]]


def _block(view: View, at: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    rows, one = view.rows, view.rows[at]
    here = (rows["areas"] & one["areas"]).any(axis=1)
    if not np.isnan(one["latitude"]):
        here |= (np.abs(rows["latitude"] - one["latitude"]) < _BOX) & (
            np.abs(rows["longitude"] - one["longitude"]) < _BOX
        )
    helps = ((rows["support"] & one["support"]) > 0) | (rows["support"] == 0) | (one["support"] == 0)
    block: np.ndarray[tuple[int], np.dtype[np.bool_]] = here | helps
    return block


def full_parts(view: View, at: int, where: Places, purpose: Numbers) -> dict[str, Numbers]:
    """All parts of one with the rows `where`."""
    one = view.rows[at]
    return {**structure(one, view.rows[where]), **view.set_parts(view.sets[at], where), "purpose": purpose}
