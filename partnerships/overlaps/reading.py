"""Every text as it is prepared, in the memory of the process that finds pairs: one is compared with all by an index of
their words, a few milliseconds for ten thousand. Read at its first use, then only what changed."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np

from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.likeness import Texts, likenesses, together
from partnerships.overlaps.purpose.weighing import TermWeights, Text
from partnerships.overlaps.shelf import View
from partnerships.overlaps.texts import current_weights, prepared

_BATCH = 500


class Reader:
    """The texts of a view, in the order of its rows. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._weights: TermWeights | None = None
        self._texts: list[Text] = []
        self._stamps = np.zeros(0, dtype=np.int64)
        self._all = together([])

    def likeness(self, view: View, at: int) -> Numbers:
        """Of one row with all, from 0 to 1. Two queries for each five hundred that are new or changed."""
        with self._lock:
            return np.asarray(likenesses(*self._read(view, at)), dtype=float)

    def _read(self, view: View, at: int) -> tuple[Text, Texts]:
        weights = current_weights()
        if weights is not self._weights:
            self._weights, self._texts, self._stamps = weights, [], self._stamps[:0]
        new = len(view.rows) - len(self._texts)
        if new > 0:
            self._texts += [weights.prepare("")] * new
            self._stamps = np.concatenate([self._stamps, np.zeros(new, dtype=np.int64)])
        stamps = self._stamps[: len(view.rows)]  # another thread's view may be newer and longer
        stale = np.flatnonzero((view.rows["pk"] > 0) & (view.rows["noted"] != stamps))
        for start in range(0, len(stale), _BATCH):
            some = stale[start : start + _BATCH]
            for row, text in zip(some, prepared(view.rows["pk"][some].tolist()), strict=True):
                self._texts[row] = replace(text, source="")  # nobody reads it here
            self._stamps[some] = view.rows["noted"][some]
        if len(stale) or len(self._all) != len(self._texts):
            self._all = together(self._texts)
        return self._texts[at], self._all


_reader = Reader()


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _reader
    _reader = Reader()


def purposes_of_all(view: View, at: int) -> Numbers:
    """How alike every initiative of a view is to one in purpose."""
    return _reader.likeness(view, at)
