"""How likely a pair is one thing, learned from the comparison vectors alone.

A latent class model fitted by expectation and maximisation, after Fellegi and Sunter (1969) and Winkler (1988), with
one change. Theirs has two classes, pairs that match and pairs that do not, within which the fields are independent.
Pairs that were chosen because they share something break that: some share a name, others an address, hardly one both.
So what does not match is several classes here: for each field the pairs alike in it, and those alike in nothing.
Where next to nothing is entered twice there is next to nothing to learn a match from, so what matches begins with a
belief: alike in most of its fields.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from organisations.matching.comparing import Vectors

_EDGES = (0.01, 0.3, 0.5, 0.7, 0.85, 0.95)  # a similarity's level is how many of these it reaches
_LEVELS = len(_EDGES) + 1
_ALIKE = 0.5  # where a field begins to be alike, for the classes to start from
_START = 0.8  # of the way from the least alike pair to the most: what starts as a match
_ROUNDS = 1_000
_SETTLED = 1e-6  # what a round must add to the mean log-likelihood of a pair
_PRIOR = 4.0  # pairs' worth of belief that a class of what does not match is as all pairs are
_MATCHES_LOOK = np.array([0.05, 0.03, 0.04, 0.06, 0.1, 0.18, 0.54])  # a match's levels before one was seen
_BELIEF = 30.0  # pairs' worth of that

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


def probabilities(vectors: Vectors) -> Floats:
    """Learn from these pairs, and give each its probability of being a match."""
    if not len(vectors):
        return np.zeros(0)
    levels = np.where(np.isnan(vectors), -1, np.digitize(np.nan_to_num(vectors), _EDGES))
    # Pairs of the same levels are one row from here on: hundreds instead of tens of thousands.
    patterns, which, counts = np.unique(levels, axis=0, return_inverse=True, return_counts=True)
    which = which.reshape(-1)
    classes = _start(vectors)
    shares = np.stack([np.bincount(which, column, len(patterns)) for column in classes.T], axis=1) / counts[:, None]
    before = -math.inf
    for _round in range(1, _ROUNDS + 1):
        shares, likelihoods = _expect(patterns, *_maximise(patterns, counts, shares))
        likelihood = float(likelihoods @ counts) / len(vectors)
        if likelihood - before < _SETTLED:
            break
        before = likelihood
    learned: Floats = shares[which, 0]
    return learned


def _start(vectors: Vectors) -> Floats:
    """Each pair's class to begin with: matches are alike in sum, the rest by which field is alike, or none."""
    said = ~np.isnan(vectors)
    means = np.where(said.any(0), np.nan_to_num(vectors).sum(0) / np.maximum(said.sum(0), 1), 0.0)
    sums = np.where(said, vectors, means).sum(1)
    spread = float(np.ptp(sums))
    match = (sums - sums.min()) / spread > _START if spread else np.zeros(len(sums), dtype=bool)
    alike = (np.nan_to_num(vectors) >= _ALIKE) & ~match[:, None]
    none = ~match & ~alike.any(1)
    classes = np.column_stack([match, alike, none]).astype(float)
    started: Floats = classes / classes.sum(1, keepdims=True)
    return started


def _maximise(patterns: Whole, counts: Whole, shares: Floats) -> tuple[Floats, list[Floats]]:
    """The classes' sizes, and for each field each class's distribution over the levels, as logarithms."""
    weighted = shares * counts[:, None]
    sizes = weighted.sum(0) + 1
    tables = []
    for column in patterns.T:
        said = column >= 0
        overall = np.bincount(column[said], counts[said], _LEVELS) + 1e-6
        seen = [np.bincount(column[said], weighted[said, one], _LEVELS) for one in range(shares.shape[1])]
        table = np.stack(seen) + _PRIOR * overall / overall.sum()
        table[0] = seen[0] + _BELIEF * _MATCHES_LOOK
        tables.append(np.log(table / table.sum(1, keepdims=True)))
    return np.log(sizes / sizes.sum()), tables


def _expect(patterns: Whole, sizes: Floats, tables: list[Floats]) -> tuple[Floats, Floats]:
    """Each pattern's probability of each class, and its log-likelihood; where a record says nothing, no class gains."""
    likely = np.tile(sizes, (len(patterns), 1))
    for column, table in zip(patterns.T, tables, strict=True):
        likely += np.where(column[:, None] >= 0, table[:, column].T, 0.0)
    most = likely.max(1, keepdims=True)
    likely = np.exp(likely - most)
    total = likely.sum(1, keepdims=True)
    return likely / total, (most + np.log(total))[:, 0]
