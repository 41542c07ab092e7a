"""Which words of a text tell something: learnt once from a body of texts, then used for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self
from zlib import crc32

import numpy as np

from partnerships.overlaps.purpose.topics import Floats, Numbers, Rows, directions
from search.meaning.encoder import Vector, Vectors
from search.words import stem, tokens

# Measured on charities that people tagged by hand (docs/figures.md): how soon a repeated word counts no more, how much
# longer texts are held back, and how much rarity counts for the words and for the topics.
K1, B, RARITY = 4.0, 0.75, 0.75
TOPICS_K1, TOPICS_RARITY = 2.0, 1.25
LEARNT_FROM = 4_000  # texts, spread evenly over all, from which topics are learnt
FEWEST = 100  # texts, below which topics would be guesses
_DOUBT = 10  # vectors: of fewer, what they have in common may be what matters
_UNSEEN = 1 << 16  # places that words share which the body of texts has not


@dataclass(frozen=True, eq=False)
class Text:
    """A text prepared for comparing. Both kinds of weights have length one, or none where nothing tells anything."""

    source: str
    terms: Numbers  # ascending
    weights: Floats
    topics: Floats
    meaning: Vector | None = None


@dataclass(frozen=True, eq=False)
class Learnt:
    """What is to be kept of it. `words`: every stem, in order; `found` and `directions`: a number and a row of each."""

    texts: int
    average: float  # words of a text
    words: tuple[str, ...]
    found: Numbers
    directions: Floats
    common: Vector | None


class TermWeights:
    """What a body of texts teaches: how rare each stem is, which go together, and what all texts mean in common."""

    def __init__(self, texts: Iterable[str], vectors: Vectors | None = None) -> None:
        """`vectors` are the texts' meanings, or a good many of them; without, meaning is not compared."""
        counted = [_stems(text) for text in texts]
        found = Counter(one for stems in counted for one in stems)
        words = tuple(sorted(found))
        number = len(counted)
        self._take(
            Learnt(
                number,
                sum(sum(stems.values()) for stems in counted) / number if number else 1.0,
                words,
                np.array([found[word] for word in words], dtype=np.intp),
                np.zeros((len(words), 0), dtype=np.float32),
                None if vectors is None else vectors.sum(axis=0) / (len(vectors) + _DOUBT),
            )
        )
        learnt = directions(self._rows(counted if number >= FEWEST else []))
        self._take(replace(self.learnt, directions=learnt))

    @classmethod
    def again(cls, learnt: Learnt) -> Self:
        """From what was learnt before, which is all that is needed."""
        weights = cls.__new__(cls)
        weights._take(learnt)
        return weights

    def _take(self, learnt: Learnt) -> None:
        self.learnt, self.texts, self._average = learnt, learnt.texts, learnt.average
        self._places = {one: at for at, one in enumerate(learnt.words)}
        self._found: dict[str, int] = dict(zip(learnt.words, learnt.found.tolist(), strict=True))
        self.size = len(self._places) + _UNSEEN
        self._common, self._directions = learnt.common, learnt.directions

    def rarity(self, word: str) -> float:
        """A stem's inverse document frequency, as Lucene counts it."""
        found = self._found.get(word, 0)
        return float(np.log1p((self.texts - found + 0.5) / (found + 0.5)))

    def share(self, word: str) -> float:
        """The part of the texts that have a stem."""
        return self._found.get(word, 0) / max(self.texts, 1)

    def direction(self, word: str) -> Floats:
        """Where a stem points among the topics, of length one; nowhere if nothing was learnt of it."""
        place = self._places.get(word)
        return unit(self._directions[place]) if place is not None else np.zeros(self._directions.shape[1], np.float32)

    def prepare(self, text: str, vector: Vector | None = None) -> Text:
        """A text, with its vector of meaning where that is known."""
        stems = _stems(text)
        terms, weights = self._weighed(stems, K1, RARITY)
        return Text(text, terms, weights, self._topics(stems), self._meant(vector))

    def _weighed(self, stems: Counter[str], k1: float, power: float) -> tuple[Numbers, Floats]:
        length = sum(stems.values())
        norm = k1 * (1 - B + B * length / (self._average or 1.0))
        found: dict[int, float] = {}
        for word, number in stems.items():
            place = self._place(word)
            found[place] = found.get(place, 0.0) + number / (number + norm) * self.rarity(word) ** power
        terms = np.array(sorted(found), dtype=np.intp)
        return terms, unit(np.array([found[int(term)] for term in terms], dtype=np.float32))

    def _place(self, word: str) -> int:
        place = self._places.get(word)
        return len(self._places) + crc32(word.encode()) % _UNSEEN if place is None else place

    def _topics(self, stems: Counter[str]) -> Floats:
        terms, weights = self._weighed(stems, TOPICS_K1, TOPICS_RARITY)
        known = terms < len(self._places)
        result: Floats = weights[known] @ self._directions[terms[known]]
        return unit(result)

    def _meant(self, vector: Vector | None) -> Vector | None:
        """What all texts of a registry mean is no likeness of two: it is taken away."""
        return None if vector is None or self._common is None else unit(vector - self._common)

    def _rows(self, counted: Sequence[Counter[str]]) -> Rows:
        """Texts as they are weighed for topics; a word of one text alone goes with nothing."""
        step = max(1, -(-len(counted) // LEARNT_FROM))
        several = [Counter({one: n for one, n in stems.items() if self._found[one] > 1}) for stems in counted[::step]]
        weighed = [self._weighed(stems, TOPICS_K1, TOPICS_RARITY) for stems in several]
        return Rows(
            np.repeat(np.arange(len(weighed)), [len(terms) for terms, _weights in weighed]),
            np.concatenate([np.zeros(0, dtype=np.intp), *(terms for terms, _weights in weighed)]),
            np.concatenate([np.zeros(0, dtype=np.float32), *(weights for _terms, weights in weighed)]),
            len(weighed),
            len(self._places),
        )


def unit(vector: Floats) -> Floats:
    """Of length one; nought stays nought."""
    length = float(np.linalg.norm(vector))
    result: Floats = vector / length if length > 1e-6 else np.zeros_like(vector)
    return result


def _stems(text: str) -> Counter[str]:
    return Counter(stem(word) for word in tokens(text))
