"""The formula of cold spots, and which places are alike: numbers alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.coldspots.formula import LIMITS, USUAL, Weights, factors
from partnerships.coldspots.twins import Settled, positions, settled_of

WEIGHTS = st.builds(Weights, **{name: st.floats(low, high) for name, (low, high) in LIMITS.items()})
COUNTS = st.integers(0, 200)
SHARES = st.floats(0, 1)


@given(weights=WEIGHTS, need=SHARES, more_need=SHARES, near=COUNTS, afar=COUNTS, more=st.integers(0, 50))
def test_more_help_never_makes_a_spot_colder_and_more_need_never_warmer(weights, need, more_need, near, afar, more):
    score = float(factors(need, near, afar, weights).score)
    assert 0 <= score <= 100
    assert float(factors(need, near + more, afar, weights).score) <= score
    assert float(factors(need, near, afar + more, weights).score) <= score
    assert float(factors(max(need, more_need), near, afar, weights).score) >= score


@pytest.mark.parametrize(
    ("need", "near", "afar", "weights", "score"),
    [
        (1, 0, 0, USUAL, 100),
        (1, 0, 9, USUAL, 75),
        (1, 1, 1, USUAL, 43.75),
        (1, 2, 0, USUAL, 0),
        (0, 0, 0, USUAL, 0),
        (0.5, 0, 0, Weights(power=2), 25),
        (0, 0, 0, Weights(power=0), 100),
        (1, 2, 0, Weights(enough=4), 50),
        (1, 0, 2, Weights(afar=1), 0),
    ],
)
def test_some_scores_reckoned_by_hand(need, near, afar, weights, score):
    assert float(factors(need, near, afar, weights).score) == pytest.approx(score)


def test_a_position_goes_from_the_lowest_to_the_highest_and_the_same_number_has_the_same():
    assert positions([30, 10, 20, 20]).tolist() == pytest.approx([1, 0, 0.5, 0.5])
    assert positions([7]).tolist() == [0]
    assert [settled_of(number) for number in (299.9, 300, 1_500)] == [Settled.SPARSE, Settled.BETWEEN, Settled.DENSE]
