"""How alike initiatives are in purpose: what `purpose` makes of their texts and, where there is an encoder, meanings.

Which words tell something is learnt once in a process, from the texts of the registry, and anew when a quarter of them
is new; prepared texts are kept for a while, told apart by what they say.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.likeness import likenesses, together
from partnerships.overlaps.purpose.telling import shared_terms
from partnerships.overlaps.purpose.weighing import TermWeights, Text
from search.kinds import kind_of
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.models import SearchDocument
from search.query import What

LEARNT_FROM = 6_000  # texts at the most, spread evenly over all
KEPT = 20_000  # prepared texts
_GROWTH = 1.25


class Library:
    """The weights of this process. Threads take turns at learning."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._weights: TermWeights | None = None
        self._learnt_from = 0
        self.prepare = lru_cache(maxsize=KEPT)(self._prepare)

    def weights(self) -> TermWeights:
        """One query, and those of learning when it is time."""
        with self._lock:
            number = SearchDocument.objects.filter(kind=What.INITIATIVES).count()
            if self._weights is None or not self._learnt_from / _GROWTH <= number <= self._learnt_from * _GROWTH:
                self._weights, self._learnt_from = _learn(number), number
                self.prepare.cache_clear()
            return self._weights

    def _prepare(self, text: str, vector: bytes) -> Text:
        weights = self._weights or TermWeights(())
        return weights.prepare(text, np.frombuffer(vector, dtype=np.float32) if vector else None)


def _learn(number: int) -> TermWeights:
    pks = list(SearchDocument.objects.filter(kind=What.INITIATIVES).order_by("pk").values_list("object_id", flat=True))
    some = pks[:: max(1, -(-number // LEARNT_FROM))]
    texts = kind_of(What.INITIATIVES).texts(some)
    vectors = list(_meanings(some).values())
    return TermWeights(texts.values(), np.stack(vectors) if vectors else None)


_library = Library()


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _library
    _library = Library()


def current_weights() -> TermWeights:
    """What this process learnt; the same as long as it learns nothing new."""
    return _library.weights()


def purposes(one: int, many: Sequence[int]) -> Numbers:
    """From 0 to 1, of one with each of many. Two queries, three with an encoder."""
    first, *others = prepared([one, *many])
    return np.asarray(likenesses(first, together(others)), dtype=float)


def purposes_of_text(text: str, many: Sequence[int]) -> Numbers:
    """The same, of a text that is nowhere yet."""
    first = _library.weights().prepare(text)
    return np.asarray(likenesses(first, together(prepared(many))), dtype=float)


def telling(one: int, other: int, *, besides: str = "") -> list[str]:
    """The most telling words that both use. Two queries, three with an encoder."""
    weights = _library.weights()
    first, second = prepared([one, other])
    return shared_terms(first, second, weights, besides=besides)


def prepared(pks: Sequence[int]) -> list[Text]:
    _library.weights()
    texts, meanings = kind_of(What.INITIATIVES).texts(pks), _meanings(pks)
    return [_library.prepare(texts.get(pk, ""), _bytes(meanings.get(pk))) for pk in pks]


def _bytes(vector: Vector | None) -> bytes:
    return b"" if vector is None else np.asarray(vector, dtype=np.float32).tobytes()


def _meanings(pks: Iterable[int]) -> Mapping[int, Vector]:
    encoder = current_encoder()
    return vectors_of(What.INITIATIVES, list(pks), encoder.name) if encoder else {}
