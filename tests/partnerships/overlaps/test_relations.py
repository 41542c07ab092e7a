"""From parts to the four relations: what raises each, and what lowers it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.overlaps.models import Relation
from partnerships.overlaps.parts import PARTS
from partnerships.overlaps.relations import BIAS, SHIPPED, score
from tests.factories.overlaps import PARTS as SAME

ANY = st.fixed_dictionaries({name: st.floats(0.0, 1.0) for name in PARTS})


def scores(parts: dict[str, float]) -> dict[str, float]:
    scored = score({name: np.array([value]) for name, value in parts.items()}, SHIPPED)
    return {name: float(values[0]) for name, values in scored.scores.items()}


def near(parts: dict[str, float], place: float) -> dict[str, float]:
    """As the parts of such a place go together."""
    return {**parts, "place": place, "people": place * parts["ages"], "apart": 1.0 - place}


def helping(parts: dict[str, float], support: float) -> dict[str, float]:
    return {**parts, "support": support, "otherwise": (1.0 - support) ** 2}


@given(parts=ANY)
def test_every_score_lies_between_nought_and_one(parts: dict[str, float]):
    assert set(scores(parts)) == set(Relation.values)
    assert all(0.0 <= value <= 1.0 for value in scores(parts).values())


@given(parts=ANY, low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))
def test_more_of_the_same_place_support_or_purpose_never_lowers_an_overlap(
    parts: dict[str, float], low: float, high: float
):
    low, high = sorted((low, high))
    for less, more in (
        (near(parts, low), near(parts, high)),
        (helping(parts, low), helping(parts, high)),
        ({**parts, "purpose": low}, {**parts, "purpose": high}),
    ):
        assert scores(less)[Relation.OVERLAP] <= scores(more)[Relation.OVERLAP]


@given(parts=ANY, low=st.floats(0.0, 0.45), high=st.floats(0.55, 1.0))
def test_a_twin_is_less_of_one_the_nearer_it_is(parts: dict[str, float], low: float, high: float):
    assert scores(near(parts, low))[Relation.TWIN] > scores(near(parts, high))[Relation.TWIN]


@given(parts=ANY, low=st.floats(0.0, 0.45), high=st.floats(0.55, 1.0))
def test_help_in_common_makes_a_complement_less_of_one(parts: dict[str, float], low: float, high: float):
    assert scores(helping(parts, low))[Relation.COMPLEMENT] > scores(helping(parts, high))[Relation.COMPLEMENT]


@given(parts=ANY)
def test_a_next_step_is_the_same_score_from_either_side_and_says_who_is_first(parts: dict[str, float]):
    turned = {**parts, "follows": parts["precedes"], "precedes": parts["follows"]}
    assert scores(parts)[Relation.NEXT_STEP] == pytest.approx(scores(turned)[Relation.NEXT_STEP])
    forward = score({name: np.array([value]) for name, value in parts.items()}, SHIPPED).forward[0]
    assert bool(forward) is (parts["follows"] >= parts["precedes"])


@pytest.mark.parametrize(
    ("parts", "relation"),
    [
        ({**SAME, "ages": 1.0, "people": 1.0, "purpose": 0.8}, Relation.OVERLAP),
        ({**near(SAME, 0.0), "ages": 1.0, "people": 0.0, "purpose": 0.9}, Relation.TWIN),
        ({**helping(SAME, 0.0), "ages": 1.0, "people": 1.0, "purpose": 0.4}, Relation.COMPLEMENT),
        ({**SAME, "step": 0.2, "ages": 0.1, "people": 0.1, "support": 0.5, "follows": 1.0}, Relation.NEXT_STEP),
    ],
)
def test_plain_cases_are_what_they_are(parts: dict[str, float], relation: str):
    found = scores(parts)
    assert max(found, key=lambda name: found[name]) == relation
    assert found[relation] > 0.5


def test_two_that_share_nothing_are_nothing_to_each_other():
    nothing = {**dict.fromkeys(PARTS, 0.0), "otherwise": 1.0, "apart": 1.0, "focus": 0.4, "time": 0.8}
    assert max(scores(nothing).values()) < 0.1


def test_weights_speak_of_parts_that_there_are():
    for weights in SHIPPED.values():
        assert set(weights) - {BIAS} <= set(PARTS)
