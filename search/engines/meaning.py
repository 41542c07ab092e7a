"""Meaning over what a database found: the best matches ordered anew, in arrays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from search.engines.counting import Found
from search.meaning.blending import CANDIDATES, LEAST, blend
from search.meaning.encoder import Vector
from search.meaning.shelf import current_shelf
from search.query import What
from search.results import Hit


def order_by_meaning(found: Found, what: What, meaning: Vector, near: Collection[int]) -> Mapping[int, float]:
    """Give the best by words, and those `near` in meaning, the scores of both; gives the likeness of each."""
    shelf = current_shelf()
    if shelf is None or not len(found.ids):
        return {}
    best = np.lexsort((-found.ids, -found.text))[:CANDIDATES]
    if near:
        best = np.union1d(best, np.flatnonzero(np.isin(found.ids, list(near))))
    pks = found.ids[best].tolist()
    likeness = shelf.likeness(what, pks, meaning)
    found.text[best] = blend(found.text[best], likeness)
    return {pk: float(one) for pk, one in zip(pks, likeness, strict=True) if not np.isnan(one)}


def with_meaning(scores: Mapping[int, float], what: What, meaning: Vector, besides: int) -> dict[int, float]:
    """Scores by words, joined by what means the like."""
    shelf = current_shelf()
    if shelf is None:
        return dict(scores)
    best = sorted(scores, key=lambda pk: (scores[pk], pk), reverse=True)[:CANDIDATES]
    nearest = shelf.nearest(what, meaning, limit=CANDIDATES, least=LEAST)
    pks = list(dict.fromkeys(pk for pk in (*best, *nearest) if pk != besides))
    blended = blend(np.array([scores.get(pk, 0.0) for pk in pks]), shelf.likeness(what, pks, meaning))
    return dict(zip(pks, blended.tolist(), strict=True))


def labelled(hits: Sequence[Hit], likeness: Mapping[int, float], near: Collection[int]) -> list[Hit]:
    """Hits that tell how alike in meaning they are, and whether that alone found them."""
    return [replace(hit, likeness=likeness.get(hit.pk), by_meaning=hit.pk in near) for hit in hits]
