"""How alike prepared texts are, from 0 to 1: by their words, by their topics and, where both have vectors, by meaning.

The sum is stretched so that 0.5 is rather alike, measured on the demo's pairs (docs/figures.md): a power, which leaves
the order, 0 and 1 as they are.
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
# The plain sums at which two texts are rather alike.
RATHER, RATHER_MEANT = 0.19, 0.19
Likenesses = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Texts:
    """Many prepared texts, all of the same weights, as arrays."""

    starts: Numbers
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
        np.cumsum([0, *(len(text.terms) for text in texts)]),
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
    plain = np.where(_told(many, one), (1 - TOPICS) * words + TOPICS * _positive(many.topics @ one.topics), words)
    result = _stretched(plain, RATHER)
    if one.meaning is not None and many.meanings.shape[1]:
        meant = many.meanings @ one.meaning
        known = ~np.isnan(meant)
        mixed = (1 - MEANING) * plain[known] + MEANING * _positive(meant[known])
        result[known] = _stretched(mixed, RATHER_MEANT)
    return result


def _told(many: Texts, one: Text) -> NDArray[np.bool_]:
    """Where both texts have topics: words that were never learnt of have none, and then words count alone."""
    return many.topics.any(axis=1) & bool(one.topics.any())


def _words(one: Text, many: Texts) -> Floats:
    size = max(int(one.terms[-1]) if len(one.terms) else 0, int(many.terms.max(initial=0))) + 1
    asked = np.zeros(size, dtype=np.float64)
    asked[one.terms] = one.weights
    summed = np.concatenate([[0.0], np.cumsum(asked[many.terms] * many.weights)])
    return (summed[many.starts[1:]] - summed[many.starts[:-1]]).astype(np.float32)


def _positive(values: Floats) -> Floats:
    result: Floats = np.maximum(values, 0)
    return result


def _stretched(plain: Floats, rather: float) -> Likenesses:
    return np.asarray(np.clip(plain, 0, 1) ** (np.log(0.5) / np.log(rather)), dtype=np.float32)
