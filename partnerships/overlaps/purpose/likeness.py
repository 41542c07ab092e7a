"""How alike prepared texts are, from 0 to 1: by their words, by their topics and, where both have vectors, by meaning.

The sum is stretched so that 0.5 is rather alike, as one pair in fifteen of the demo's initiatives is (docs/figures.md):
a power, which leaves the order, 0 and 1 as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from partnerships.overlaps.purpose.topics import Floats, Numbers
from partnerships.overlaps.purpose.weighing import Text

TOPICS = 0.4  # the topics' part beside the words
MEANING = 0.4  # the vectors' part beside both
RATHER = 0.15  # the plain sum at which two texts are rather alike
POWER = np.log(0.5) / np.log(RATHER)
Likenesses = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Texts:
    """Many prepared texts, all of the same weights, as arrays."""

    owners: Numbers  # which of the texts each term is of
    terms: Numbers
    weights: Floats
    topics: Floats  # a row each
    meanings: Floats  # a row each, not numbers where a text has none; without columns where none has

    def __len__(self) -> int:
        return len(self.topics)


def together(texts: Sequence[Text]) -> Texts:
    """Texts as arrays, in their order."""
    width = max((len(text.meaning) for text in texts if text.meaning is not None), default=0)
    meanings = np.full((len(texts), width), np.nan, dtype=np.float32)
    for at, text in enumerate(texts):
        if text.meaning is not None:
            meanings[at] = text.meaning
    return Texts(
        np.repeat(np.arange(len(texts)), [len(text.terms) for text in texts]),
        np.concatenate([np.zeros(0, dtype=np.intp), *(text.terms for text in texts)]),
        np.concatenate([np.zeros(0, dtype=np.float32), *(text.weights for text in texts)]),
        np.stack([text.topics for text in texts]) if texts else np.zeros((0, 0), dtype=np.float32),
        meanings,
    )


def likeness(one: Text, other: Text) -> float:
    """How alike two texts are, whichever comes first."""
    return float(likenesses(one, together([other]))[0])


def likenesses(one: Text, many: Texts) -> Likenesses:
    """How alike a text is to each of many."""
    if not len(many):
        return np.zeros(0, dtype=np.float32)
    words = _words(one, many)
    # Words that were never learnt of have no topics: then words count alone.
    told = many.topics.any(axis=1) if one.topics.any() else np.zeros(len(many), dtype=np.bool_)
    plain = np.where(told, (1 - TOPICS) * words + TOPICS * _cosines(one.topics, many.topics), words)
    if one.meaning is not None and many.meanings.shape[1]:
        meant = _cosines(one.meaning, many.meanings)
        plain = np.where(np.isnan(meant), plain, (1 - MEANING) * plain + MEANING * meant)
    return np.asarray(np.clip(plain, 0, 1) ** POWER, dtype=np.float32)


def _words(one: Text, many: Texts) -> Likenesses:
    asked = np.zeros(1 + max(int(one.terms.max(initial=0)), int(many.terms.max(initial=0))))
    asked[one.terms] = one.weights
    return np.bincount(many.owners, asked[many.terms] * many.weights, minlength=len(many)).astype(np.float32)


def _cosines(one: Floats, many: Floats) -> Likenesses:
    """Of vectors of length one; what points away is no liker than what has nothing to do with it."""
    return np.asarray(np.maximum(many @ one, 0), dtype=np.float32)
