"""Whatever stands in an address, it is answered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from search.query import Facet
from tests.factories.initiatives import InitiativeFactory

PATHS = (
    *("/search/", "/search/results.json", "/search/feed/", "/search/export.csv", "/search/export.json"),
    *("/search/suggest/", "/places/suggest/", "/initiatives/", "/places/", "/organisations/"),
)
NAMES = (
    "q",
    "where",
    "place",
    "miles",
    "what",
    "sort",
    "match",
    "exact",
    "page",
    "kind",
    *(one.value for one in Facet),
)
WORDS = ("chess", '"chess', "-chess", "chess OR", "a" * 3_000, "\x00", "%", "🙂", "\u202eabc", "'; DROP TABLE x; --")
PLACES = ("Whitby", "Bangor (Gwynedd)", "Kent", "TS1", "TS1 3BA", "ZZ9 9ZZ", "wales", "Leeds, ,", "(", "E06000002")
NUMBERS = ("0", "-1", "1", "5", "40", "99999999999999999999", "1e9", "٣", "²", "NaN", "None")
CHOICES = ("distance", "closing", "organisations", "any", "primary", "mentoring", "E12000001", "local", "wider")
VALUES = st.one_of(st.text(max_size=40), st.sampled_from((*WORDS, *PLACES, *NUMBERS, *CHOICES)))


class TestNonsense(TestCase):
    """Property: any parameters, any number of times."""

    @settings(max_examples=120, deadline=None)
    @given(
        path=st.sampled_from(PATHS),
        asked=st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=3), max_size=6),
    )
    def test_any_address_is_answered(self, path: str, asked: dict[str, list[str]]) -> None:
        InitiativeFactory(title="Chess club")
        answer = self.client.get(path, asked, follow=True)
        assert answer.status_code == 200, (path, asked)
        if answer.streaming:
            assert b"".join(answer.streaming_content)
