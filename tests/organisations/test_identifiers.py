"""Numbers of public registers: forgiven their spelling, held to their register's form."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisations.identifiers import normalise_identifier, parse_org_id
from organisations.models import IdentifierScheme


@pytest.mark.parametrize(
    ("scheme", "typed", "kept"),
    [
        ("GB-CHC", " 108 9464 ", "1089464"),
        ("GB-CHC", "gb-chc-1089464", "1089464"),
        ("GB-SC", "sc012345", "SC012345"),
        ("GB-SC", "012345", "SC012345"),
        ("GB-NIC", "NIC100012", "100012"),
        ("GB-COH", "1234567", "01234567"),
        ("GB-COH", "sc1234", "SC001234"),
        ("GB-EDU", "100000", "100000"),
        ("GB-UKPRN", "1000 1234", "10001234"),
    ],
)
def test_a_number_is_brought_to_its_register_s_own_spelling(scheme, typed, kept):
    assert normalise_identifier(scheme, typed) == kept


@pytest.mark.parametrize(
    ("scheme", "typed", "right"),
    [
        ("GB-CHC", "SC012345", "six or seven digits"),
        ("GB-SC", "1089464", "SC and six digits"),
        ("GB-NIC", "1089464", "six digits"),
        ("GB-COH", "123456789", "eight digits"),
        ("GB-EDU", "1234", "six digits"),
        ("GB-UKPRN", "20001234", "begins with 1"),
        ("GB-CHC", "١٠٨٩٤٦٤", "six or seven digits"),
        ("GB-CHC", "", "six or seven digits"),
        ("XX", "1", "Choose a register"),
    ],
)
def test_a_number_of_another_register_s_form_is_answered_with_what_would_be_right(scheme, typed, right):
    with pytest.raises(ValidationError, match=right):
        normalise_identifier(scheme, typed)


@given(st.sampled_from(IdentifierScheme.values), st.text(max_size=80) | st.from_regex(r"[A-Z]{0,3}[0-9]{3,9}"))
def test_normalising_twice_is_normalising_once_and_nothing_else_goes_wrong(scheme, typed):
    try:
        kept = normalise_identifier(scheme, typed)
    except ValidationError:
        return
    assert normalise_identifier(scheme, kept) == kept
    assert parse_org_id(f"{scheme}-{kept}") == (scheme, kept)


@pytest.mark.parametrize("text", ["", "GB-CHC-", "GB-CHC-ABC", "US-EIN-123", "360G-Blink:1", "1089464"])
def test_what_is_no_identifier_we_keep_is_none(text):
    assert parse_org_id(text) is None
