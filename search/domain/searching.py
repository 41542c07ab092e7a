"""Answering a search: words parsed, put right, widened by synonyms, and given to the engine, with what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search.domain.spelling import corrected
from search.engines import current_engine
from search.meaning.encoder import Vector, meaning_of
from search.queries import synonyms
from search.query import PAGE_SIZE, Match, SearchQuery
from search.results import SearchResults
from search.words import Words, parse_words

_NOTHING = SearchResults((), 0, 1, 1)


@dataclass(frozen=True)
class Answer:
    """Results, and what was done to the words to get them."""

    query: SearchQuery  # as it was answered
    results: SearchResults
    words: Words
    corrected: str = ""  # the words as they were put right, where they were
    widened: bool = False  # nothing had all the words: these have some
    meaning: Vector | None = field(default=None, compare=False)  # of the words, where there is one


def search(query: SearchQuery, *, facets: bool = True, size: int = PAGE_SIZE) -> Answer:
    """Answer a search. Spelling is put right where a word stands nowhere, unless the query says `exact`;
    where nothing has all the words, what has some of them is given and said so."""
    typed, same = parse_words(query.words), synonyms()
    # Where any of the words will do, one that stands nowhere costs nothing, and may be a name.
    right = None if query.exact or query.match == Match.ANY else corrected(query.words, typed, same.stems)
    words = same.widen(parse_words(right) if right else typed)
    meaning = _meaning(query, right or query.words, typed)
    return _find(Answer(query, _NOTHING, words, right or "", meaning=meaning), facets=facets, size=size)


def number_of_others(answer: Answer, query: SearchQuery) -> int:
    """How many of another kind the same words find: they are not read, put right and widened a second time."""
    return _find(
        replace(answer, query=replace(query, match=answer.query.match)), facets=False, size=PAGE_SIZE
    ).results.total


def search_again(answer: Answer, *, size: int) -> SearchResults:
    """More of the same answer at once, without its counts."""
    return _find(replace(answer, query=replace(answer.query, page=1)), facets=False, size=size).results


def _find(asked: Answer, *, facets: bool, size: int) -> Answer:
    """With results; where nothing has all the words, what has some of them."""
    engine, query, words = current_engine(), asked.query, asked.words
    results = engine.search(query, words, meaning=asked.meaning, facets=facets, size=size)
    if not results.total and query.match == Match.ALL and len(words.groups) > 1:
        wider = replace(query, match=Match.ANY)
        some = engine.search(wider, words, meaning=asked.meaning, facets=facets, size=size)
        if some.total:
            return replace(asked, query=wider, results=some, widened=True)
    return replace(asked, results=results, widened=False)


def _meaning(query: SearchQuery, text: str, typed: Words) -> Vector | None:
    """What the words mean, unless somebody says just which words: by phrases, exclusions, alternatives or `exact`."""
    if query.exact or not typed.groups or typed.excluded:
        return None
    if any(len(group) > 1 or len(term) > 1 for group in typed.groups for term in group):
        return None
    return meaning_of(text)
