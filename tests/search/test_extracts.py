"""The stretch of text under a result."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.domain.marking import extract, extract_of_markdown
from search.words import parse_words
from texts.markdown import plain_text

WORDS = ("mentors", "Mentoring", "rea*d*ing", "caf&eacute;", "at", "école", "# One", "\n- two")
TEXT = st.lists(st.sampled_from(WORDS)).map(" ".join)


@given(summary=TEXT, description=TEXT, asked=TEXT)
def test_an_extract_is_the_same_whether_or_not_the_marks_are_taken_out_first(summary, description, asked):
    stems = parse_words(asked.replace("&eacute;", "é")).stems()
    assert extract_of_markdown(summary, description, stems) == extract(summary, plain_text(description), stems)


def test_the_description_is_shown_where_it_says_more_of_what_was_asked_for():
    stems = parse_words("weekly mentors").stems()
    found = extract_of_markdown("Mentors for all.", "Each child meets **mentors** on a *weekly* walk.", stems)
    assert [text for text, is_marked in found if is_marked] == ["mentors", "weekly"]
    assert "".join(text for text, _marked in found) == "Each child meets mentors on a weekly walk."
