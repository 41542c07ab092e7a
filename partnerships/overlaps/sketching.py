"""A sketch of every text: how alike any two are, roughly, thousands at a stroke.

A sketch is the text's topics beside its words, projected at random onto a few hundred numbers: the product of two
sketches is their likeness within some hundredths (Achlioptas 2003; each word goes to four places, with a sign). It is
made where pairs are found, in one process: of all texts at its first use, then of what changed.
"""

from __future__ import annotations

import threading

import numpy as np

from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.likeness import POWER, TOPICS
from partnerships.overlaps.purpose.topics import DIRECTIONS, Floats
from partnerships.overlaps.purpose.weighing import TermWeights, Text
from partnerships.overlaps.shelf import Places, View
from partnerships.overlaps.texts import current_weights, prepared

WORDS = 384  # numbers for the words
_PLACES = 4  # that each word goes to
_FACTORS = np.array([2654435761, 2246822519, 3266489917, 668265263], dtype=np.uint64)
_BATCH = 500


def sketch(text: Text) -> Floats:
    """One text's."""
    result = np.zeros(DIRECTIONS + WORDS, dtype=np.float32)
    result[: len(text.topics)] = np.sqrt(TOPICS) * text.topics
    mixed = (text.terms.astype(np.uint64)[:, None] + np.uint64(1)) * _FACTORS
    mixed ^= mixed >> np.uint64(29)
    places = DIRECTIONS + (mixed >> np.uint64(8)) % np.uint64(WORDS)
    signs = np.where(mixed & np.uint64(1), 1.0, -1.0)
    scale = np.sqrt((1 - TOPICS) / _PLACES)
    np.add.at(result, places.astype(np.intp), scale * signs * text.weights[:, None])
    return result


class Sketches:
    """Of every initiative of a view, a row each. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._weights: TermWeights | None = None
        self._table: Floats = np.zeros((0, DIRECTIONS + WORDS), dtype=np.float32)
        self._stamps = np.zeros(0, dtype=np.int64)

    def of(self, view: View) -> Floats:
        """Two queries for each five hundred that are new or changed."""
        with self._lock:
            weights, number = current_weights(), len(view.rows)
            if weights is not self._weights:
                self._weights, self._stamps, self._table = weights, self._stamps[:0], self._table[:0]
            if number > len(self._stamps):
                more = max(number - len(self._stamps), len(self._stamps) // 2)
                self._stamps = np.concatenate([self._stamps, np.zeros(more, dtype=np.int64)])
                self._table = np.concatenate([self._table, np.zeros((more, self._table.shape[1]), dtype=np.float32)])
            stale = np.flatnonzero((view.rows["pk"] > 0) & (view.rows["noted"] != self._stamps[:number]))
            for start in range(0, len(stale), _BATCH):
                self._draw(view, stale[start : start + _BATCH])
            return self._table[:number]

    def _draw(self, view: View, where: Places) -> None:
        for row, text in zip(where, prepared(view.rows["pk"][where].tolist()), strict=True):
            self._table[row] = sketch(text)
        self._stamps[where] = view.rows["noted"][where]


_sketches = Sketches()


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _sketches
    _sketches = Sketches()


def expected(view: View, at: int) -> Numbers:
    """How alike every initiative of a view is to one in purpose, roughly."""
    table = _sketches.of(view)
    return np.asarray(np.clip(table @ table[at], 0, 1) ** POWER, dtype=float)
