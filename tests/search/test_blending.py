"""Words and meaning in one score."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.meaning.blending import blend

_scores = st.lists(st.tuples(st.floats(0.1, 50), st.floats(-1, 1)), min_size=2, max_size=30)


def _blended(pairs: list[tuple[float, float]]) -> np.ndarray:
    words, likeness = map(np.array, zip(*pairs, strict=True))
    return blend(words.astype(float), likeness.astype(float))


@given(_scores)
def test_what_is_no_worse_in_either_never_ranks_lower(pairs: list[tuple[float, float]]) -> None:
    scores = _blended(pairs)
    for one, (words, likeness) in zip(scores, pairs, strict=True):
        for other, (fewer, less) in zip(scores, pairs, strict=True):
            if words >= fewer and likeness >= less:
                assert one >= other - 1e-9


@given(_scores)
def test_scores_stay_on_the_scale_of_the_words(pairs: list[tuple[float, float]]) -> None:
    words = [one for one, _likeness in pairs]
    scores = _blended(pairs)
    assert min(scores) >= min(words) - 1e-9
    assert max(scores) <= max(*words, 2 * min(words)) + 1e-9


def test_without_a_likeness_the_words_count_at_half_and_without_words_the_meaning() -> None:
    both = blend(np.array([1.0, 2.0, 2.0]), np.array([0.1, 0.9, np.nan]))
    assert both.tolist() == [1.0, 2.0, 1.5]
    assert blend(np.zeros(2), np.array([0.4, 0.8])).tolist() == [1.5, 2.0]
    assert blend(np.array([]), np.array([])).tolist() == []
