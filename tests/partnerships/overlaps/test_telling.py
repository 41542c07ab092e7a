from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.overlaps.purpose.telling import shared_terms
from partnerships.overlaps.purpose.weighing import TermWeights
from search.words import STOP_WORDS, fold_word

COACHES = "Coaches help young people into apprenticeships. Interviews are practised twice, in Scilly as in Cardiff."
ALSO_COACHES = "We practise an interview with everyone who wants an apprenticeship, in Cardiff and in Scilly."
WEIGHTS = TermWeights([COACHES, ALSO_COACHES, "A van full of books.", "Money for boots."])
WORDS = st.lists(st.sampled_from(f"{COACHES} {ALSO_COACHES} The with who WITH year September".split()), max_size=40)


def shared(one: str, other: str, **more: object) -> list[str]:
    return shared_terms(WEIGHTS.prepare(one), WEIGHTS.prepare(other), WEIGHTS, **more)  # type: ignore[arg-type]


def test_words_are_told_as_people_write_them_whatever_their_form_in_the_other_text() -> None:
    assert set(shared(COACHES, ALSO_COACHES, limit=5)) == {
        *("apprenticeship", "interview", "practise", "Cardiff", "Scilly"),
    }


def test_the_field_s_own_words_come_first_and_no_more_than_asked_for() -> None:
    assert set(shared(COACHES, ALSO_COACHES, limit=2)) == {"apprenticeship", "interview"}
    assert shared(COACHES, ALSO_COACHES, limit=0) == []


def test_places_that_are_named_already_are_not_named_again() -> None:
    told = shared(COACHES, ALSO_COACHES, limit=9, besides="Cardiff, Isles of Scilly")
    assert not {"Cardiff", "Scilly"} & set(told)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Mentors come.", "Mentors stay.", "mentors"),
        ("Help with GCSEs.", "For GCSEs.", "GCSEs"),
        ("ADVANCEMENT OF EDUCATION", "THE ADVANCEMENT OF HORSES", "advancement"),
        ("The crèche at Hull", "a crèche", "crèche"),
        ("Children’s theatre", "the children’s theatre", "theatre"),
    ],
)
def test_capitals_are_kept_where_they_belong_to_the_word(one: str, other: str, told: str) -> None:
    assert told in shared(one, other)


@given(WORDS, WORDS)
def test_what_is_told_stands_in_both_texts_and_is_never_a_stop_word(one: list[str], other: list[str]) -> None:
    told = shared(" ".join(one), " ".join(other), limit=50)
    assert len(told) == len(set(told))
    assert not {fold_word(word) for word in told} & (STOP_WORDS | {"we", "who", "as", "everyone", "year", "september"})
    assert set(told) == set(shared(" ".join(other), " ".join(one), limit=50))


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", COACHES), ("The of and", "the of and"), ("2024", "2024")])
def test_nothing_in_common_is_nothing_to_tell(one: str, other: str) -> None:
    assert shared(one, other) == []


def test_what_most_texts_of_a_registry_have_tells_nothing() -> None:
    texts = [f"A scheme of pupils number{at} with garden{at % 25} things" for at in range(120)]
    weights = TermWeights(texts)
    told = shared_terms(weights.prepare(texts[0]), weights.prepare(texts[25]), weights)
    assert told == ["garden0"]


def test_a_single_word_that_many_have_is_no_reason_unless_it_is_one_of_the_field_s_own() -> None:
    told = {}
    for word in ("kettles", "mentors", "answer", "option", "term"):
        texts = [f"number{at} {f'with {word}' if at % 10 == 0 else 'alone'}" for at in range(60)]  # a tenth of them
        weights = TermWeights(texts)
        told[word] = shared_terms(weights.prepare(texts[0]), weights.prepare(texts[10]), weights)
    assert told == {"kettles": [], "mentors": ["mentors"], "answer": [], "option": [], "term": []}
    assert shared("An answer, terms and options.", "Options, terms, and one answer.") == []
