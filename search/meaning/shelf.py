"""The documents' vectors, as the database keeps them and, for the engines that search in it, in memory.

In memory they are a matrix for each kind of thing (1.5 kB a document and process); what was encoded since is added
before each use. What is public no more stays until the process ends: whoever asks looks the documents up anyway.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils import timezone

from search.meaning.encoder import Vector, Vectors, current_encoder
from search.meaning.packing import unpacked
from search.models import SearchVector

# Somebody else's vectors may be committed a moment after later ones that were seen already.
_OVERLAP = datetime.timedelta(seconds=5)


def vectors_of(what: str, pks: Sequence[int], model: str) -> Mapping[int, Vector]:
    """Those of some documents, from the database. One query."""
    rows = SearchVector.objects.filter(kind=what, object_id__in=pks, model=model).exclude(vector=None)
    found = [(pk, bytes(vector or b"")) for pk, vector in rows.values_list("object_id", "vector")]
    return {pk: unpacked([vector])[0] for pk, vector in found}


class Shelf:
    """The vectors of one model in memory. Threads take turns at adding to it."""

    def __init__(self, model: str, dims: int) -> None:
        self._model, self._dims = model, dims
        self._lock = threading.Lock()
        self._seen: datetime.datetime | None = None
        self._rows: dict[str, dict[int, int]] = {}
        self._matrix: dict[str, Vectors] = {}

    def likeness(self, what: str, pks: Sequence[int], vector: Vector) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """How alike each document is to a vector, from -1 to 1; not a number where its own is not known yet."""
        rows, matrix = self._current(what)
        result = np.full(len(pks), np.nan)
        known = [(at, row) for at, pk in enumerate(pks) if (row := rows.get(int(pk))) is not None]
        if known:
            where, which = map(list, zip(*known, strict=True))
            result[where] = matrix[which] @ vector
        return result

    def nearest(
        self, what: str, vector: Vector, *, limit: int, least: float, among: Sequence[int] | None = None
    ) -> list[int]:
        """The likest documents (of some, where they are named), the likest first."""
        rows, matrix = self._current(what)
        pks = np.array(list(rows) if among is None else [pk for pk in among if pk in rows], dtype=np.int64)
        if not len(pks):
            return []
        scores = (matrix[: len(rows)] if among is None else matrix[[rows[int(pk)] for pk in pks]]) @ vector
        likest = np.lexsort((-pks, -scores))[:limit]
        return [int(pks[at]) for at in likest if scores[at] >= least]

    def _current(self, what: str) -> tuple[dict[int, int], Vectors]:
        with self._lock:
            self._add()
            return self._rows.get(what, {}), self._matrix.get(what, np.zeros((0, self._dims), dtype=np.float32))

    def _add(self) -> None:
        rows = SearchVector.objects.filter(model=self._model).exclude(vector=None)
        if self._seen is not None:
            rows = rows.filter(encoded_at__gte=self._seen - _OVERLAP)
        began = timezone.now()
        new: dict[str, dict[int, bytes]] = {}
        for kind, pk, vector in rows.values_list("kind", "object_id", "vector"):
            new.setdefault(kind, {})[pk] = bytes(vector or b"")
        for kind, vectors in new.items():
            self._put(kind, vectors)
        self._seen = began

    def _put(self, kind: str, vectors: Mapping[int, bytes]) -> None:
        known = self._rows.get(kind, {})
        rows = known | {pk: len(known) + at for at, pk in enumerate(pk for pk in vectors if pk not in known)}
        matrix = self._matrix.get(kind, np.zeros((0, self._dims), dtype=np.float32))
        if len(rows) > len(matrix):  # room for a half more, or each new one would copy all
            larger = np.zeros((max(len(rows) * 3 // 2, 64), self._dims), dtype=np.float32)
            larger[: len(matrix)] = matrix
            matrix = larger
        matrix[[rows[pk] for pk in vectors]] = unpacked(list(vectors.values()))
        self._rows[kind], self._matrix[kind] = rows, matrix


_shelves: dict[str, Shelf] = {}


def current_shelf() -> Shelf | None:
    """This process's shelf for the encoder at hand."""
    encoder = current_encoder()
    return _shelves.setdefault(encoder.name, Shelf(encoder.name, encoder.dims)) if encoder else None


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    _shelves.clear()
