"""How alike initiatives are in purpose: what `purpose` makes of their texts and, where there is an encoder, meanings.

Which words tell something was learnt in the background from the texts of the registry (`domain.wording`) and is kept in
the database; here it is read. Prepared texts are kept for a while, told apart by what they say.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from partnerships.overlaps.models import Lexicon
from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.purpose.keeping import unpacked
from partnerships.overlaps.purpose.likeness import likenesses, together
from partnerships.overlaps.purpose.telling import shared_terms
from partnerships.overlaps.purpose.weighing import TermWeights, Text
from search.kinds import kind_of
from search.meaning.encoder import Vector, current_encoder
from search.meaning.shelf import vectors_of
from search.query import What

KEPT = 20_000  # prepared texts


class Library:
    """The weights as this process read them. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._weights = TermWeights(())
        self._read: int | None = None
        self.prepare = lru_cache(maxsize=KEPT)(self._prepare)

    def weights(self) -> TermWeights:
        """One query, two where something was learnt since. Until anything was, every word counts the same."""
        with self._lock:
            newest = Lexicon.objects.order_by("-pk").values_list("pk", flat=True).first()
            if newest != self._read:
                row = Lexicon.objects.order_by("-pk").first()
                self._weights = unpacked(bytes(row.data)) if row else TermWeights(())
                self._read = row.pk if row else None
                self.prepare.cache_clear()
            return self._weights

    def _prepare(self, text: str, vector: bytes) -> Text:
        return self._weights.prepare(text, np.frombuffer(vector, dtype=np.float32) if vector else None)


_library = Library()


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _library
    _library = Library()


def current_weights() -> TermWeights:
    """What was learnt last; the same thing as long as nothing new is."""
    return _library.weights()


def is_learnt() -> bool:
    """Else how alike two texts are is said without knowing which words are rare, and is not to be kept."""
    return current_weights().texts > 0


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
    texts, meanings = kind_of(What.INITIATIVES).texts(pks), meanings_of(pks)
    return [_library.prepare(texts.get(pk, ""), _bytes(meanings.get(pk))) for pk in pks]


def _bytes(vector: Vector | None) -> bytes:
    return b"" if vector is None else np.asarray(vector, dtype=np.float32).tobytes()


def meanings_of(pks: Iterable[int]) -> Mapping[int, Vector]:
    encoder = current_encoder()
    return vectors_of(What.INITIATIVES, list(pks), encoder.name) if encoder else {}
