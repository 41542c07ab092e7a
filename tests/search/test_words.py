"""What a search box's text means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.words import MOST_WORDS, Synonyms, fold_word, parse_words, spans, stem, stems_found, tokens


def terms(text: str) -> list[list[str]]:
    return [[" ".join(term) for term in group] for group in parse_words(text).groups]


@pytest.mark.parametrize(
    ("text", "wanted", "excluded"),
    [
        ("mentoring year 6", [["mentoring"], ["year"], ["6"]], []),
        ('"free school meals" maths', [["free school meals"], ["maths"]], []),
        ("reading OR phonics", [["reading", "phonics"]], []),
        ("reading -phonics", [["reading"]], ["phonics"]),
        ('reading -"year 6"', [["reading"]], ["year 6"]),
        ("Children’s Ynys Môn", [["children"], ["ynys"], ["mon"]], []),
        ("the of and", [], []),
        ('"unclosed phrase', [["unclosed phrase"]], []),
        ("OR reading OR", [["reading"]], []),
        ("year-6 16–18", [["year"], ["6"], ["16"], ["18"]], []),
        ('- -- " () * AND NOT NEAR(', [["near"]], []),
        ("مرحبا 数学", [["مرحبا"], ["数学"]], []),
    ],
)
def test_words_phrases_alternatives_and_exclusions(text, wanted, excluded):
    assert terms(text) == wanted
    assert [" ".join(term) for term in parse_words(text).excluded] == excluded


@given(st.text(max_size=400))
def test_any_text_is_a_question_of_plain_words(text):
    words = parse_words(text)
    found = [word for group in words.groups for term in group for word in term]
    assert len(found) <= MOST_WORDS
    assert all(word and not set(word) & set("\"'*()^:{}[]+-\\ \x00") for word in found)


@given(st.text(max_size=200))
def test_an_index_and_a_question_see_the_same_words(text):
    assert tokens(" ".join(tokens(text))) == tokens(text)


# What Porter's rules know of a word's end.
ENDS = """
s es ies sses ed eed ing y er e able ible ment ation ational tional enci anci izer abli alli entli eli ousli ization
ator alism iveness fulness ousness aliti iviti biliti ality ivity bility icate ative alize iciti ical ful ness al ance
ence ic ant ement ent ion ou ism ate iti ous ive ize ll tt
"""
LIKE_WORDS = st.builds(
    lambda root, ends: root + "".join(ends),
    st.text("aeiouybstlz", max_size=6),
    st.lists(st.sampled_from(ENDS.split()), max_size=3),
)


@settings(max_examples=1000)
@given(st.lists(st.one_of(LIKE_WORDS, st.sampled_from(["O’Neill's", "café", "Ynys", "MENTORED", "year-6"]))))
def test_a_quick_look_for_stems_finds_what_a_long_one_does(words):
    text = " ".join(words)
    there = {stem(word) for _start, _end, word in spans(text)}
    for one in there:
        assert stems_found(text, {one}) == {one}
    assert stems_found(text, there | {"elsewhere"}) == there | {stem(fold_word("elsewhere"))} & there


def test_synonyms_join_as_alternatives_whatever_their_form():
    known = Synonyms([("NEET", "not in education"), ("maths", "numeracy", "mathematics")])
    assert known.widen(parse_words("neets")).groups == ((("neets",), ("education",)),)
    assert known.widen(parse_words("Numeracy club")).groups[0] == (("numeracy",), ("maths",), ("mathematics",))


def test_a_synonym_of_several_words_is_found_in_a_row_of_single_ones():
    known = Synonyms([("FSM", "free school meals")])
    assert known.widen(parse_words("tutoring free school meals")).groups == (
        (("tutoring",),),
        (("free", "school", "meals"), ("fsm",)),
    )
