"""Answering a search: words parsed, put right, widened by synonyms, and given to the engine, with what they mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.domain.spelling import corrected
from search.engines import current_engine
from search.meaning.encoder import Vector, meaning_of
from search.queries import synonyms
from search.query import PAGE_SIZE, Match, SearchQuery
from search.results import SearchResults
from search.words import Words, parse_words


@dataclass(frozen=True)
class Answer:
    """Results, and what was done to the words to get them."""

    query: SearchQuery  # as it was answered
    results: SearchResults
    words: Words
    corrected: str = ""  # the words as they were put right, where they were
    widened: bool = False  # nothing had all the words: these have some


def search(query: SearchQuery, *, facets: bool = True, size: int = PAGE_SIZE) -> Answer:
    """Answer a search. Spelling is put right where a word stands nowhere, unless the query says `exact`;
    where nothing has all the words, what has some of them is given and said so."""
    engine = current_engine()
    typed, same = parse_words(query.words), synonyms()
    # Where any of the words will do, one that stands nowhere costs nothing, and may be a name.
    right = None if query.exact or query.match == Match.ANY else corrected(query.words, typed, same.stems)
    words = same.widen(parse_words(right) if right else typed)
    meaning = _meaning(query, right or query.words, typed)
    results = engine.search(query, words, meaning=meaning, facets=facets, size=size)
    widened = False
    if not results.total and query.match == Match.ALL and len(words.groups) > 1:
        wider = replace(query, match=Match.ANY)
        some = engine.search(wider, words, meaning=meaning, facets=facets, size=size)
        if some.total:
            query, results, widened = wider, some, True
    return Answer(query, results, words, right or "", widened)


def _meaning(query: SearchQuery, text: str, typed: Words) -> Vector | None:
    """What the words mean, unless somebody says just which words: by phrases, exclusions, alternatives or `exact`."""
    if query.exact or not typed.groups or typed.excluded:
        return None
    if any(len(group) > 1 or len(term) > 1 for group in typed.groups for term in group):
        return None
    return meaning_of(text)
