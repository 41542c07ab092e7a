"""O1: purpose from text alone, against the tags that people gave real charities by hand, over BM25 in the same run.

Queries are 500 of the charities by a fixed seed, documents all the others; what is relevant, and how much, is the
Jaccard index of the hand-given tags; nDCG@10. What was chosen by measuring was chosen on other queries (`TUNED=1`).
"""

from __future__ import annotations

import csv
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from partnerships.overlaps.purpose.likeness import likenesses, together
from partnerships.overlaps.purpose.weighing import TermWeights
from search.meaning.encoder import Vectors, current_encoder

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "charities" / "ukcat_sample.csv"
QUERIES, SEED, TUNING_SEED, DEPTH = 500, 6, 1, 10
LEAST_LETTERS, LEAST_TAGS = 100, 2
GOAL, GOAL_MEANT = 1.03, 1.10
Scores = NDArray[np.float32]  # a row for each query, a column for each charity


@dataclass(frozen=True)
class Collection:
    texts: list[str]
    gains: Scores
    queries: list[int]


def purpose() -> Iterator[dict[str, Any]]:
    """A figure for the words alone and, where EMBEDDING_MODEL names an encoder, one with meaning."""
    if not DATA.exists():
        yield {"figure": "O1 words", "value": None, "goal": GOAL, "note": "the charities are not there"}
        return
    collection = _read()
    reference = ndcg(_bm25s(collection), collection)
    yield _figure("O1 words", GOAL, reference, collection, None)
    encoder = current_encoder()
    if encoder is not None:
        yield _figure("O1 meaning", GOAL_MEANT, reference, collection, encoder.encode(collection.texts))


def _read() -> Collection:
    texts, tags = [], []
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = frozenset(tag for tag in row["UKCAT"].split(";") if tag)
            if len(row["activities"]) >= LEAST_LETTERS and len(given) >= LEAST_TAGS:
                texts.append(row["activities"])
                tags.append(given)
    queries = sorted(random.Random(SEED).sample(range(len(texts)), QUERIES))
    if os.environ.get("TUNED"):
        others = sorted(set(range(len(texts))) - set(queries))
        queries = sorted(random.Random(TUNING_SEED).sample(others, 2 * QUERIES))
    gains = np.array([[len(tags[at] & other) / len(tags[at] | other) for other in tags] for at in queries], np.float32)
    gains[np.arange(len(queries)), queries] = 0
    return Collection(texts, gains, queries)


def ndcg(scores: Scores, collection: Collection) -> float:
    """Mean nDCG@10 over the queries, none of which finds itself."""
    scores = scores.copy()
    scores[np.arange(len(scores)), collection.queries] = -np.inf
    discount = 1 / np.log2(np.arange(DEPTH) + 2)
    first = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    got = np.take_along_axis(collection.gains, first, axis=1) @ discount
    best = -np.sort(-collection.gains, axis=1)[:, :DEPTH] @ discount
    return float(np.mean(got[best > 0] / best[best > 0]))


def _bm25s(collection: Collection) -> Scores:
    """More like this: every word of the text as often as it stands there. Lucene's formula, k1 1.2 and b 0.75,
    Snowball's English stems, English stop words."""
    words = bm25s.tokenize(
        collection.texts, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False, return_ids=False
    )
    index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(words, show_progress=False)
    return np.stack([index.get_scores(words[at]) for at in collection.queries])


def _figure(
    name: str, goal: float, reference: float, collection: Collection, vectors: Vectors | None
) -> dict[str, Any]:
    began = time.perf_counter()
    weights = TermWeights(collection.texts, vectors)
    learnt = time.perf_counter()
    given = [None] * len(collection.texts) if vectors is None else vectors
    prepared = [weights.prepare(text, vector) for text, vector in zip(collection.texts, given, strict=True)]
    many = together(prepared)
    ready = time.perf_counter()
    ours = ndcg(np.stack([likenesses(prepared[at], many) for at in collection.queries]), collection)
    asked = time.perf_counter()
    return {
        "figure": name,
        "value": round(ours / reference, 3),
        "goal": goal,
        "unit": "nDCG@10 over that of BM25 with every word (bm25s)",
        "ours": round(ours, 4),
        "bm25s": round(reference, 4),
        "queries": len(collection.queries),
        "charities": len(collection.texts),
        "seconds to learn": round(learnt - began, 2),
        "ms to prepare a text": round((ready - learnt) * 1000 / len(prepared), 2),
        "ms for 10,000 pairs": round((asked - ready) * 1e7 / len(collection.queries) / len(prepared), 1),
    }
