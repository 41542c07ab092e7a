from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.overlaps.purpose.likeness import likeness, likenesses, together
from partnerships.overlaps.purpose.weighing import TermWeights

MENTORS = "Students of the university mentor pupils of Year 9 at lunch, before they choose their GCSEs."
ALSO_MENTORS = "Apprentices mentor teenagers who choose their GCSEs: an hour each week in the lunch break."
BUS = "A bus takes young people from the villages to college and to interviews, at no cost."
BOOKS = "A van full of books visits farms; families with toddlers borrow what they like."
MONEY = "Small grants for boots, tools and bus fares in the first months of an apprenticeship."
ALL = [MENTORS, ALSO_MENTORS, BUS, BOOKS, MONEY]
WEIGHTS = TermWeights(ALL)
SENTENCES = st.lists(st.sampled_from(" ".join(ALL).split()) | st.text(max_size=12), max_size=40).map(" ".join)


def alike(one: str, other: str) -> float:
    return likeness(WEIGHTS.prepare(one), WEIGHTS.prepare(other))


def test_what_is_for_the_same_is_liker_than_what_is_not() -> None:
    assert alike(MENTORS, ALSO_MENTORS) > 2 * max(alike(MENTORS, BOOKS), alike(MENTORS, BUS))


@given(SENTENCES, SENTENCES)
def test_likeness_lies_between_nought_and_one_whichever_text_comes_first(one: str, other: str) -> None:
    found = alike(one, other)
    assert 0 <= found <= 1
    assert found == pytest.approx(alike(other, one), abs=1e-5)


@given(SENTENCES)
def test_a_text_is_like_itself_and_its_words_order_tells_nothing(text: str) -> None:
    prepared = WEIGHTS.prepare(text)
    turned = WEIGHTS.prepare(" ".join(reversed(text.split())))
    expected = 1 if len(prepared.terms) else 0
    assert likeness(prepared, prepared) == pytest.approx(expected, abs=1e-4)
    assert likeness(prepared, turned) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("nothing", ["", "   ", "the and of", "… — ?!"])
def test_a_text_without_words_is_like_nothing(nothing: str) -> None:
    assert alike(nothing, MENTORS) == alike(MENTORS, nothing) == alike(nothing, nothing) == 0


def test_words_that_no_text_had_before_are_compared_all_the_same() -> None:
    assert alike("zither zeugma", "zeugma zither") == pytest.approx(1, abs=1e-4)
    assert alike("zither zeugma", "quokka quinoa") == 0


def test_nothing_was_learnt_and_still_texts_can_be_compared() -> None:
    weights = TermWeights([])
    one, other = weights.prepare("homework club"), weights.prepare("a club for homework")
    assert likeness(one, other) == pytest.approx(1, abs=1e-4)


def test_one_against_many_is_each_in_turn() -> None:
    texts = [WEIGHTS.prepare(text) for text in ["", *ALL, "zither"]]
    for one in texts:
        assert likenesses(one, together(texts)) == pytest.approx([likeness(one, other) for other in texts], abs=1e-5)
    assert len(likenesses(texts[0], together([]))) == 0


def test_vectors_join_in_where_both_texts_have_one() -> None:
    vectors = np.eye(5, dtype=np.float32)
    weights = TermWeights(ALL, vectors)
    near = vectors[0] * 0.9 + vectors[1] * 0.1
    plain = likeness(weights.prepare(MENTORS), weights.prepare(BUS))
    meant = likeness(weights.prepare(MENTORS, vectors[0]), weights.prepare(BUS, near))
    assert meant > plain
    assert likeness(weights.prepare(MENTORS, vectors[0]), weights.prepare(BUS)) == plain
