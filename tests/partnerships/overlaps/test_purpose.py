from __future__ import annotations

import time

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
FULL = TermWeights(
    [f"{text} word{at}" for at in range(30) for text in ALL],
    np.random.default_rng(1).standard_normal((150, 8)).astype(np.float32),
)
SENTENCES = st.lists(st.sampled_from(" ".join(ALL).split()) | st.text(max_size=12), max_size=40).map(" ".join)


def alike(one: str, other: str) -> float:
    return likeness(WEIGHTS.prepare(one), WEIGHTS.prepare(other))


def test_what_is_for_the_same_is_liker_than_what_is_not() -> None:
    assert alike(MENTORS, ALSO_MENTORS) > 2 * max(alike(MENTORS, BOOKS), alike(MENTORS, BUS))


@given(SENTENCES, SENTENCES)
def test_likeness_lies_between_nought_and_one_whichever_text_comes_first(one: str, other: str) -> None:
    found = alike(one, other)
    assert 0 <= found <= 1
    assert found == alike(other, one)


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


def learnt(subjects: int = 90) -> TermWeights:
    """From texts of many subjects, in one of which some write of mentors and some of tutors, but never of both."""
    others = [f"thing{at} matter{at} affair{at}" for at in range(subjects) for _text in range(6)]
    return TermWeights([*others, *["mentor pupil exam", "tutor pupil exam"] * 2, *["pupil exam"] * 6])


def test_words_that_go_with_the_same_words_stand_for_one_another() -> None:
    weights = learnt()
    mentor, tutor, thing = (weights.prepare(word) for word in ("mentor", "tutor", "thing7"))
    assert likeness(mentor, tutor) > 0.5
    assert likeness(mentor, thing) < 0.1


def test_too_few_texts_teach_nothing_of_what_stands_for_what() -> None:
    weights = learnt(10)
    assert likeness(weights.prepare("mentor"), weights.prepare("tutor")) == 0


def test_the_same_texts_teach_the_same() -> None:
    one, other = learnt(), learnt()
    pairs = [(weights.prepare("mentor thing1"), weights.prepare("tutor exam thing2")) for weights in (one, other)]
    assert likeness(*pairs[0]) == likeness(*pairs[1])


@given(SENTENCES, SENTENCES)
def test_all_of_it_holds_with_topics_and_vectors_too(one: str, other: str) -> None:
    rng = np.random.default_rng(len(one) + len(other))
    first, second = (FULL.prepare(text, rng.standard_normal(8).astype(np.float32)) for text in (one, other))
    found = likeness(first, second)
    assert 0 <= found <= 1
    assert found == likeness(second, first)
    if len(first.terms):
        assert likeness(first, first) == pytest.approx(1, abs=1e-4)


def test_a_few_vectors_have_nothing_in_common_that_could_be_taken_away() -> None:
    vector = np.array([[0.6, 0.8]], dtype=np.float32)
    weights = TermWeights([BUS], vector)
    one, other = weights.prepare(BUS, vector[0]), weights.prepare(BUS, vector[0])
    assert likeness(one, other) == pytest.approx(1, abs=1e-4)


def test_ten_thousand_are_compared_in_a_moment() -> None:
    weights = learnt()
    many = together([weights.prepare(f"{ALL[at % 5]} word{at % 150}") for at in range(10_000)])
    one = weights.prepare(MENTORS)
    began = time.process_time()
    assert len(likenesses(one, many)) == 10_000
    assert time.process_time() - began < 0.5


def test_vectors_join_in_where_both_texts_have_one() -> None:
    vectors = np.eye(5, dtype=np.float32)
    weights = TermWeights(ALL, vectors)
    near = vectors[0] * 0.9 + vectors[1] * 0.1
    plain = likeness(weights.prepare(MENTORS), weights.prepare(BUS))
    meant = likeness(weights.prepare(MENTORS, vectors[0]), weights.prepare(BUS, near))
    assert meant > plain
    assert likeness(weights.prepare(MENTORS, vectors[0]), weights.prepare(BUS)) == plain
