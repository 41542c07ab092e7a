"""Why a result stands where it stands: the formula of `search.engines.ranking`, number by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from search.domain.searching import Answer
from search.engines.ranking import COMPLETENESS, FRESHNESS, NEARNESS, shares
from search.models import SearchDocument
from search.words import stem

_COLUMNS = ("title_words", "summary_words", "name_words", "body_words")


@dataclass(frozen=True)
class Why:
    """One result's numbers. The shares are what each adds to the text's score, as a part of it."""

    score: float
    text: float
    freshness: float
    nearness: float
    completeness: float
    likeness: float | None  # in meaning: half of the text's score comes of it
    words: tuple[tuple[str, tuple[str, ...]], ...]  # each word found, and the columns that have it


def explain(answer: Answer) -> Mapping[int, Why]:
    """For each result of the page. One query."""
    hits = {hit.pk: hit for hit in answer.results.hits}
    documents = SearchDocument.objects.filter(kind=answer.query.what, object_id__in=hits)
    stems = answer.words.stems()
    found = {}
    for document in documents:
        hit = hits[document.object_id]
        fresh, near, complete = shares(
            np.array([float(document.confirmed)]),
            np.array([float(document.completeness)]),
            np.array([np.nan if hit.miles is None else hit.miles]),
            np.array([hit.is_local]),
        )
        found[hit.pk] = Why(
            score=hit.score,
            text=hit.text,
            freshness=FRESHNESS * float(fresh[0]),
            nearness=NEARNESS * float(near[0]),
            completeness=COMPLETENESS * float(complete[0]),
            likeness=hit.likeness,
            words=_words(document, stems),
        )
    return found


def _words(document: SearchDocument, stems: frozenset[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    where: dict[str, list[str]] = {}
    for column in _COLUMNS:
        for word in dict.fromkeys(getattr(document, column).split()):
            if stem(word) in stems:
                where.setdefault(word, []).append(column.removesuffix("_words"))
    return tuple((word, tuple(columns)) for word, columns in where.items())
