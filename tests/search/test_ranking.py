"""The one formula: more of anything good never ranks lower."""

from __future__ import annotations

import numpy as np
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from search.engines.counting import Found, page_of_hits
from search.engines.ranking import COMPLETENESS, FRESHNESS, NEARNESS, relevance
from search.query import SearchQuery, Sort

_texts = st.floats(0.01, 50)
_ages = st.integers(0, 3000)
_completeness = st.integers(0, 100)
_miles = st.one_of(st.none(), st.floats(0, 600))


def _score(text: float, age: int, completeness: int, miles: float | None, local: bool) -> float:
    today = timezone.localdate().toordinal()
    columns = [np.array([value], dtype=float) for value in (text, today - age, completeness)]
    away = np.array([np.nan if miles is None else miles])
    return float(relevance(*columns, away, np.array([local]))[0])


@given(_texts, _texts, _ages, _completeness, _miles, st.booleans())
def test_a_better_match_of_words_never_ranks_lower(text, other, age, completeness, miles, local) -> None:
    worse, better = sorted((text, other))
    assert _score(better, age, completeness, miles, local) >= _score(worse, age, completeness, miles, local)


@given(_texts, _ages, _ages, _completeness, _miles, st.booleans())
def test_what_was_confirmed_later_never_ranks_lower(text, age, other, completeness, miles, local) -> None:
    fresher, older = sorted((age, other))
    assert _score(text, fresher, completeness, miles, local) >= _score(text, older, completeness, miles, local)


@given(_texts, _ages, _completeness, _completeness, _miles, st.booleans())
def test_a_fuller_record_never_ranks_lower(text, age, completeness, other, miles, local) -> None:
    less, more = sorted((completeness, other))
    assert _score(text, age, more, miles, local) >= _score(text, age, less, miles, local)


@given(_texts, _ages, _completeness, st.floats(0, 600), st.floats(0, 600), st.booleans())
def test_what_is_nearer_never_ranks_lower(text, age, completeness, miles, other, local) -> None:
    near, far = sorted((miles, other))
    assert _score(text, age, completeness, near, local) >= _score(text, age, completeness, far, local)


@given(_texts, _ages, _completeness)
def test_what_is_of_the_place_never_ranks_below_what_only_reaches_it(text, age, completeness) -> None:
    assert _score(text, age, completeness, None, True) > _score(text, age, completeness, None, False)


@given(_texts, _ages, _completeness, _miles, st.booleans())
def test_everything_but_words_lifts_by_two_fifths_at_most(text, age, completeness, miles, local) -> None:
    most = 1 + FRESHNESS + NEARNESS + COMPLETENESS
    score = _score(text, age, completeness, miles, local)
    assert most <= 1.4 + 1e-9
    assert text <= score <= text * most * (1 + 1e-9)


@given(
    st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0]), st.integers(1, 3), st.sampled_from([np.nan, 1.0, 9.0]))),
    st.sampled_from(Sort),
    st.integers(1, 4),
    st.integers(1, 5),
)
def test_pages_one_after_another_hold_everything_once_and_in_its_order(rows, sort, page, size) -> None:
    text, days, miles = (
        (np.array(column, dtype=float) for column in zip(*rows, strict=True)) if rows else [np.ones(0)] * 3
    )
    ids, nothing = np.arange(len(rows)), np.zeros(len(rows))
    found = Found(ids, text, ids, ids, nothing, nothing, days, miles, miles, nothing == 0)
    everything = page_of_hits(found, SearchQuery(words="a", sort=sort), nothing == 0, max(len(rows), 1)).hits
    shown = page_of_hits(found, SearchQuery(words="a", sort=sort, page=page), nothing == 0, size)
    assert list(shown.hits) == list(everything[(shown.page - 1) * size : shown.page * size])
    if sort == Sort.RELEVANCE:
        scores = [(-hit.score, -hit.pk) for hit in everything]
        assert scores == sorted(scores)
