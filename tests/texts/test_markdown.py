"""A small Markdown's words without its marks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from texts.markdown import plain_text

SIGNS = st.text(alphabet="ab 1.)\t\r\n-+=_*#>`~[](){}<>\\&;:!|\0\x85 é", max_size=60)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Ten weekly meetings.\n\nThen a summer project.", "Ten weekly meetings. Then a summer project."),
        ("Ten **weekly** meetings.\n\n- in school\n- at work", "Ten weekly meetings. in school at work"),
        ("## Who\n1. [Year 6](https://one.example/) & up", "Who Year 6 & up"),
        ("Caf&eacute; on a Monday", "Café on a Monday"),
        ("", ""),
    ],
)
def test_plain_text_has_the_words_and_none_of_the_marks(source, plain):
    assert plain_text(source) == plain


@example("1)\n")
@example(" -\n=")
@given(SIGNS)
def test_a_text_without_marks_reads_the_same_whichever_way_it_is_read(source):
    # A mark in a paragraph of its own has the whole text parsed; what it adds is a blank.
    assert plain_text(source) == plain_text(f"{source}\n\n&#32;")
