"""How alike two records are, field by field, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from organisations.matching.fields import How, Pair, Table

_SLIP = 0.88  # two words are one with a slip from here on (Jaro–Winkler)
_INITIAL = 0.9  # what an initial counts for its name

Vectors = NDArray[np.float64]  # a row for each pair, a column for each field; not a number where one says nothing


def compare(table: Table, pairs: Sequence[Pair]) -> Vectors:
    """The comparison vectors of these pairs."""
    vectors = np.full((len(pairs), len(table.fields)), np.nan)
    for column, field in enumerate(table.fields):
        words = table.words[field.name]
        for row, (one, other) in enumerate(pairs):
            if words[one] and words[other]:
                if field.how is How.CODES:
                    vectors[row, column] = float(not set(words[one]).isdisjoint(words[other]))
                else:
                    vectors[row, column] = alike(words[one], words[other], table.weights)
    return vectors


def alike(one: Sequence[str], other: Sequence[str], weights: Mapping[str, float]) -> float:
    """How alike two lists of words are, by their weights: halfway between their cosine and how much of the shorter is
    in the longer. A word that is another with a slip counts by how near it is ("soft" TF-IDF: Cohen, Ravikumar and
    Fienberg 2003). Symmetric."""
    ours, theirs = set(one), set(other)
    lengths = sorted((_square(ours, weights), _square(theirs, weights)))
    if not lengths[0]:
        return float(ours == theirs)
    shared = _square(ours & theirs, weights)
    ours, theirs = ours - theirs, theirs - ours
    near = [
        (-nearness, min(mine, yours), max(mine, yours))
        for mine in ours
        for yours in theirs
        if mine[0] == yours[0] and (nearness := _near(min(mine, yours), max(mine, yours))) >= _SLIP
    ]
    left = ours | theirs
    for nearness, first, second in sorted(near):
        if first in left and second in left:
            left -= {first, second}
            shared -= nearness * weights[first] * weights[second]
    cosine, within = shared / math.sqrt(lengths[0] * lengths[1]), shared / lengths[0]
    return (min(1.0, cosine) + min(1.0, within)) / 2


def _square(words: set[str], weights: Mapping[str, float]) -> float:
    return math.fsum(weights[word] ** 2 for word in words)


@lru_cache(maxsize=200_000)
def _near(one: str, other: str) -> float:
    """How near two different words of the same first letter are; what has a digit in it is the same or is not."""
    if any(char.isdigit() for char in one + other):
        return 0.0
    if len(one) == 1 or len(other) == 1:
        return _INITIAL
    return JaroWinkler.similarity(one, other)
