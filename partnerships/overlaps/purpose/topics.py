"""Words that stand for one another, learnt from the texts alone: latent semantic analysis (Deerwester and others 1990).

The first directions of a body of texts are found by a randomised decomposition (Halko, Martinsson and Tropp 2011),
which needs only products with the texts' few numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.intp]
DIRECTIONS = 75
_SPARE, _ROUNDS, _SEED = 15, 3, 1990


@dataclass(frozen=True, eq=False)
class Rows:
    """Texts as rows of few numbers: for each number its row, its column and its value."""

    row: Numbers
    column: Numbers
    value: Floats
    rows: int
    columns: int

    def times(self, matrix: Floats) -> Floats:
        """This matrix times a matrix with a row for each column here."""
        return _summed(self.row, self.column, self.value, matrix, self.rows)

    def turned_times(self, matrix: Floats) -> Floats:
        """This matrix turned over, times a matrix with a row for each row here."""
        return _summed(self.column, self.row, self.value, matrix, self.columns)


def directions(texts: Rows, *, most: int = DIRECTIONS) -> Floats:
    """The directions in which texts differ most, a column each, of length one: fewer where there are few texts."""
    wanted = min(most, texts.rows, texts.columns)
    if not len(texts.value):
        return np.zeros((texts.columns, 0), dtype=np.float32)
    width = min(wanted + _SPARE, texts.rows, texts.columns)
    basis = np.random.default_rng(_SEED).standard_normal((texts.rows, width)).astype(np.float32)
    for _round in range(_ROUNDS):
        basis = _orthonormal(texts.times(texts.turned_times(basis)))
    small = texts.turned_times(basis)  # its columns span the directions; few enough to be taken apart in full
    squares, turn = np.linalg.eigh((small.T @ small).astype(np.float64))
    first = np.argsort(-squares)[:wanted]
    first = first[squares[first] > squares[first[0]] * 1e-6]
    return np.asarray(small @ (turn[:, first] / np.sqrt(squares[first])), dtype=np.float32)


def _summed(into: Numbers, of: Numbers, value: Floats, matrix: Floats, size: int) -> Floats:
    """One column after another, so that memory stays that of the texts."""
    result = np.zeros((size, matrix.shape[1]), dtype=np.float32)
    for at in range(matrix.shape[1]):
        result[:, at] = np.bincount(into, value * matrix[of, at], minlength=size)
    return result


def _orthonormal(matrix: Floats) -> Floats:
    basis: Floats = np.linalg.qr(matrix)[0]
    return basis
