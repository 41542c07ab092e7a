"""A mapping file may hold anything; what is kept of it is what was checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.importing.mapping import parse_mapping, read_mapping
from initiatives.models import Initiative
from tests.factories.importing import imported, table
from texts.opening import FileFault

NEEDED = 'title = "name"\norganisation = "body"\nsummary = "what"\n'

_texts = st.text(st.characters(codec="utf-8"), max_size=8)
_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _texts | st.sampled_from(["\0", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_files = st.fixed_dictionaries(
    {
        "fields": st.fixed_dictionaries(
            {name: _anything | st.just("a") for name in ("title", "organisation", "summary")}
        )
    },
    optional={"source": _anything, "rows": _anything, "more": _anything},
)


@given(content=_files)
def test_whatever_a_mapping_file_holds_it_is_kept_clean_or_refused_with_a_sentence(content):
    try:
        kept = parse_mapping(json.dumps(content))
    except FileFault as fault:
        str(fault).encode()
        return
    said = json.dumps(kept, allow_nan=False, ensure_ascii=False)
    said.encode()
    assert "\\u0000" not in said
    assert read_mapping(json.loads(said)) == read_mapping(content)


@pytest.mark.parametrize("more", ["since = 2026-01-01", "weight = nan", "at = 10:00:00", "[deep.deeper]\nwhen = inf"])
def test_what_the_mapping_does_not_use_is_left_out(more):
    kept = parse_mapping(f"[fields]\n{NEEDED}\n[more]\n{more}")
    assert set(kept) == {"fields", "source", "rows"}
    json.dumps(kept, allow_nan=False)


@pytest.mark.parametrize("text", [r'"a\u0000b"', r'{value = "a\u0000"}', r'{pieces = ["a\u0000"]}'])
def test_a_null_character_is_named(text):
    with pytest.raises(FileFault, match="holds a character that no text can"):
        parse_mapping(f"[fields]\n{NEEDED}venue_name = {text}")


@pytest.mark.django_db
def test_what_is_kept_of_a_mapping_reads_the_file_as_the_mapping_says(tmp_path: Path):
    path = table(tmp_path / "a.csv", {"name": "Rivers", "body": "Trust", "first": "One", "second": "Two"})
    kept = parse_mapping(
        '[fields]\ntitle = "name"\norganisation = {column = "body"}\n'
        'summary = {pieces = ["first", "second"], join = " – "}\nsupport = {value = "mentoring"}'
    )
    imported(path, format="mapping", mapping=kept)
    initiative = Initiative.objects.get()
    assert (initiative.title, initiative.summary, initiative.support) == ("Rivers", "One – Two", ("mentoring",))
