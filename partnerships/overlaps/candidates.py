"""Which initiatives are worth comparing with one: blocks of place and step, and the search engine's neighbours.

Whoever shares an authority (or lies near by) and a step, an age or a next step is looked at by its packed traits alone,
thousands in a few milliseconds; the likeliest of them and of the engine's neighbours are scored in full.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from partnerships.overlaps.parts import Numbers, structure
from partnerships.overlaps.relations import Weights, score
from partnerships.overlaps.shelf import Places, View

SCORED = 24  # in full, of each initiative
NEIGHBOURS = 60  # asked of the search engine
_PURPOSE = 0.3  # of who is no neighbour by words, as far as anybody knows before it is read
_BOX = 0.3  # degrees: twenty miles north and south, twelve east and west


def candidates(view: View, at: int, weights: Weights, neighbours: Sequence[int], limit: int = SCORED) -> Places:
    """Rows of the table, the likeliest first: never of the same organisation."""
    rows, one = view.rows, view.rows[at]
    expected = np.full(len(rows), _PURPOSE)
    near = [view.at[pk] for pk in neighbours if pk in view.at]
    if near:
        expected[near] = np.linspace(0.75, 0.4, len(near))
    block = _block(view, at)
    block[near] = True
    block &= (rows["pk"] > 0) & (rows["lead"] != one["lead"])
    where = np.flatnonzero(block)
    if not len(where):
        return where
    parts = {**structure(one, rows[where]), **view.set_parts(view.sets[at], where), "purpose": expected[where]}
    strength, _relation = score(parts, weights).best()
    return where[np.lexsort((-rows["pk"][where], -strength))[:limit]]


def _block(view: View, at: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    rows, one = view.rows, view.rows[at]
    here = (rows["areas"] & one["areas"]).any(axis=1)
    if not np.isnan(one["latitude"]):
        here |= (np.abs(rows["latitude"] - one["latitude"]) < _BOX) & (
            np.abs(rows["longitude"] - one["longitude"]) < _BOX
        )
    people = (rows["transitions"] & one["transitions"]) > 0
    people |= (rows["stages"] & one["stages"]) > 0
    people |= (rows["first_stage"] > one["last_stage"]) | (rows["last_stage"] < one["first_stage"])
    people |= rows["stages"] == 0
    block: np.ndarray[tuple[int], np.dtype[np.bool_]] = here & people
    return block


def full_parts(view: View, at: int, where: Places, purpose: Numbers) -> dict[str, Numbers]:
    """All parts of one with the rows `where`."""
    one = view.rows[at]
    return {**structure(one, view.rows[where]), **view.set_parts(view.sets[at], where), "purpose": purpose}
