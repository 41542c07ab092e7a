"""Every text as it is prepared, in the memory of the process that finds pairs: one is compared with all by an index of
their words, a few milliseconds for ten thousand. Read at its first use, then only what changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.likeness import Texts, likenesses, together
from partnerships.overlaps.purpose.topics import Floats
from partnerships.overlaps.purpose.weighing import TermWeights, Text
from partnerships.overlaps.shelf import Places, View
from partnerships.overlaps.texts import current_weights, prepared

Kind = TypeVar("Kind", bound=np.generic)
_BATCH = 500
_ROOM = 1.25  # made at a time, so that few additions copy all


class Pile:
    """Prepared texts as arrays that change in place: a text that is put anew leaves a gap, and gaps are closed when
    they are half of all."""

    def __init__(self, topics: int = 0) -> None:
        self._owners, self._terms = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        self._weights = np.zeros(0, dtype=np.float32)
        self._topics, self._meanings = np.zeros((0, topics), dtype=np.float32), _unknown(0, 0)
        self._begins, self._ends = np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        self._used = self._lost = self._rows = 0

    def grow(self, rows: int) -> None:
        """So many texts; new ones are empty."""
        self._rows = max(self._rows, rows)
        if self._rows > len(self._topics):
            room, before = int(self._rows * _ROOM), len(self._topics)
            topics, meanings = np.zeros((room, self._topics.shape[1]), dtype=np.float32), self._meanings
            topics[:before] = self._topics
            self._topics, self._meanings = topics, _unknown(room, meanings.shape[1])
            self._meanings[:before] = meanings
            self._begins, self._ends = _longer(self._begins, room), _longer(self._ends, room)

    def put(self, rows: Places, texts: Sequence[Text]) -> None:
        """These instead of what was there."""
        for row in rows:
            self._weights[self._begins[row] : self._ends[row]] = 0.0
        self._lost += int((self._ends[rows] - self._begins[rows]).sum())
        some, sizes = together(texts), np.array([len(text.terms) for text in texts], dtype=np.intp)
        new = slice(self._used, self._used + len(some.terms))
        self._make_room(new.stop)
        self._owners[new], self._terms[new], self._weights[new] = rows[some.owners], some.terms, some.weights
        self._ends[rows] = self._used + np.cumsum(sizes)
        self._begins[rows] = self._ends[rows] - sizes
        self._used = new.stop
        self._topics[rows] = some.topics
        width = some.meanings.shape[1]
        if width and width != self._meanings.shape[1]:  # the first that has one
            self._meanings = _unknown(len(self._topics), width)
        self._meanings[rows] = some.meanings if width else np.nan
        if self._lost > self._used // 2:
            self._close_gaps()

    def text(self, row: int) -> Text:
        here, meaning = slice(self._begins[row], self._ends[row]), self._meanings[row]
        is_known = len(meaning) > 0 and not np.isnan(meaning[0])
        return Text("", self._terms[here], self._weights[here], self._topics[row], meaning if is_known else None)

    def texts(self) -> Texts:
        used, rows = slice(self._used), slice(self._rows)
        words = self._owners[used], self._terms[used], self._weights[used]
        return Texts(*words, self._topics[rows], self._meanings[rows])

    def _make_room(self, number: int) -> None:
        if number > len(self._terms):
            room = int(number * _ROOM)
            self._owners, self._terms = _longer(self._owners, room), _longer(self._terms, room)
            self._weights = _longer(self._weights, room)

    def _close_gaps(self) -> None:
        kept = self._weights[: self._used] != 0
        at = np.concatenate([[0], np.cumsum(kept)])
        self._begins, self._ends = at[self._begins], at[self._ends]
        for some in (self._owners, self._terms, self._weights):
            some[: at[-1]] = some[: self._used][kept]
        self._used, self._lost = int(at[-1]), 0


def _unknown(rows: int, width: int) -> Floats:
    return np.full((rows, width), np.nan, dtype=np.float32)


def _longer(some: NDArray[Kind], room: int) -> NDArray[Kind]:
    result = np.zeros(room, dtype=some.dtype)
    result[: len(some)] = some
    return result


class Reader:
    """The texts of a view, in the order of its rows. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._weights: TermWeights | None = None
        self._pile = Pile()
        self._stamps = np.zeros(0, dtype=np.int64)

    def likeness(self, view: View, at: int) -> Numbers:
        """Of one row with all, from 0 to 1. Two queries for each five hundred that are new or changed."""
        with self._lock:
            self._read(view)
            return np.asarray(likenesses(self._pile.text(at), self._pile.texts()), dtype=float)

    def _read(self, view: View) -> None:
        weights = current_weights()
        if weights is not self._weights:
            self._weights, self._pile = weights, Pile(weights.learnt.directions.shape[1])
            self._stamps = self._stamps[:0]
        if len(view.rows) > len(self._stamps):
            self._pile.grow(len(view.rows))
            self._stamps = _longer(self._stamps, len(view.rows))
        stamps = self._stamps[: len(view.rows)]  # another thread's view may be newer and longer
        stale = np.flatnonzero((view.rows["pk"] > 0) & (view.rows["noted"] != stamps))
        for start in range(0, len(stale), _BATCH):
            some = stale[start : start + _BATCH]
            self._pile.put(some, prepared(view.rows["pk"][some].tolist()))
            self._stamps[some] = view.rows["noted"][some]


_reader = Reader()


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _reader
    _reader = Reader()


def purposes_of_all(view: View, at: int) -> Numbers:
    """How alike every initiative of a view is to one in purpose."""
    return _reader.likeness(view, at)
