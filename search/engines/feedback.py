"""Long questions, ordered twice: by their own words, then also by the words of what came first (RM3).

A sentence as a question holds words that matter little, and seldom those that its best answers share. The ten best
documents by their own words (BM25) say which words those are; the twenty most telling of them join the question with
three tenths of its weight. Lavrenko and Croft 2001; Abdul-Jaleel and others 2004. Short questions mean what they say
and are left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from search.words import Words, stem

LONG = 5  # groups of words from which on a question is long
DEPTH = 100  # documents that are ordered anew, where an engine says no other
DOCUMENTS, TERMS, OWN = 10, 20, 0.7
K1, B = 1.2, 0.75


def frequencies(texts: Sequence[str], weights: Sequence[float]) -> dict[str, float]:
    """How often each stem stands in a document, its parts weighed."""
    counted: dict[str, float] = {}
    for text, weight in zip(texts, weights, strict=True):
        for word, number in Counter(text.split()).items():
            key = stem(word)
            counted[key] = counted.get(key, 0.0) + number * weight
    return counted


def order_anew(
    words: Words, documents: Sequence[Mapping[str, float]], rarity: Callable[[set[str]], Mapping[str, float]]
) -> list[float]:
    """Scores of the best documents: BM25, and for a long question feedback.

    `rarity` gives stems' inverse document frequencies.
    """
    asked = _asked(words)
    scores = bm25(asked, documents, rarity(set(asked)))
    if len(words.groups) < LONG:
        return scores
    asked = _widened(asked, documents, scores)
    return bm25(asked, documents, rarity(set(asked)))


def bm25(asked: Mapping[str, float], documents: Sequence[Mapping[str, float]], idf: Mapping[str, float]) -> list[float]:
    """Scores of documents for weighed stems (Robertson and Zaragoza 2009, k1 1.2, b 0.75); lengths are compared among
    them."""
    average = sum(sum(document.values()) for document in documents) / max(len(documents), 1) or 1.0
    scores = []
    for document in documents:
        norm = K1 * (1 - B + B * sum(document.values()) / average)
        scores.append(
            sum(
                weight * idf.get(word, 0.0) * document[word] * (K1 + 1) / (document[word] + norm)
                for word, weight in asked.items()
                if word in document
            )
        )
    return scores


def _asked(words: Words) -> dict[str, float]:
    """A question's stems, each with its weight: the part of the question that it is."""
    counted = Counter(stem(word) for group in words.groups for term in group[:1] for word in term)
    total = sum(counted.values())
    return {word: number / total for word, number in counted.items()}


def _widened(
    asked: Mapping[str, float], documents: Sequence[Mapping[str, float]], scores: Sequence[float]
) -> dict[str, float]:
    """The question's model with that of its best documents."""
    best = sorted(range(len(documents)), key=lambda at: -scores[at])[:DOCUMENTS]
    total = sum(scores[at] for at in best) or 1.0
    model: dict[str, float] = {}
    for at in best:
        length = sum(documents[at].values()) or 1.0
        for word, number in documents[at].items():
            model[word] = model.get(word, 0.0) + scores[at] / total * number / length
    telling = sorted(model, key=lambda word: (-model[word], word))[:TERMS]
    mass = sum(model[word] for word in telling) or 1.0
    result = {word: OWN * weight for word, weight in asked.items()}
    for word in telling:
        result[word] = result.get(word, 0.0) + (1 - OWN) * model[word] / mass
    return result
