"""The page of results, its files and its feed."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from search.forms import read_search
from search.query import RADII, VOCABULARIES, Facet, Match, SearchQuery, Sort
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import CARDIFF, InitiativeFactory
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def page(client, address: str) -> str:
    answer = client.get("/search/" + address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_initiative_leads_to_what_reads_like_it(client):
    one = InitiativeFactory(title="Robot club", description="building robots with wheels")
    InitiativeFactory(title="Robot league", description="robots race on wheels")
    address = reverse("search-like", args=[one.slug])
    assert address in client.get(one.get_absolute_url()).content.decode()
    page, part = client.get(address).content.decode(), client.get(f"{address}?part=1").content.decode()
    assert "Robot league" in page and "<h1>" in page
    assert "Robot league" in part and "<html" not in part
    assert client.get(reverse("search-like", args=["nobody"])).status_code == 404


def test_files_and_feed_of_a_search_are_a_link_away(client):
    InitiativeFactory(title="Chess club")
    text = page(client, "?q=chess&sort=newest")
    for name in ("search-export-csv", "search-export-json", "search-feed", "saved-search-new"):
        found = re.search(rf'href="({re.escape(reverse(name))}[^"]*)"', text)
        assert found and found[1] == reverse(name) + "?q=chess&amp;sort=newest"


def test_why_a_result_stands_there_is_told_to_moderators_alone(client):
    InitiativeFactory(title="Chess club", description="Chess in school.")
    assert "Why this?" not in page(client, "?q=chess")
    sign_in(client, UserFactory())
    assert "Why this?" not in page(client, "?q=chess")
    sign_in(client, ModeratorFactory())
    text = page(client, "?q=chess")
    assert "Why this?" in text and "chess (title, body)" in text
    numbers = re.search(r"([\d.]+) = ([\d.]+) × \(1 \+ ([\d.]+) \+ ([\d.]+) \+ ([\d.]+)\)", text)
    score, text_score, *shares = map(float, numbers.groups())
    assert score == pytest.approx(text_score * (1 + sum(shares)), rel=0.02)


def test_words_are_marked_in_title_and_extract_and_what_is_typed_is_kept(client):
    InitiativeFactory(
        title="Mentors for all", summary="Weekly.", description="**Chess** and <b>maths</b> with mentors. " * 3
    )
    found = page(client, "?q=mentoring+maths&where=TS1")
    assert "<mark>Mentors</mark> for all" in found
    assert "&lt;b&gt;<mark>maths</mark>&lt;/b&gt;" in found
    assert 'value="mentoring maths"' in found
    assert 'value="TS1"' in found


def test_a_corrected_word_is_said_with_the_way_back(client):
    InitiativeFactory(title="Mentoring")
    found = page(client, "?q=mentorng&stage=primary")
    assert "Showing results for <strong>mentoring</strong>" in found
    assert "?q=mentorng&amp;stage=primary&amp;exact=1" in found


def test_what_was_typed_is_never_code(client):
    OrganisationFactory(name="<script>alert(1)</script> trust", is_public=True)
    found = page(client, "?q=%3Cscript%3E+trust+%22x%22%3E%3Cimg&match=any&what=organisations")
    assert "<script>alert" not in found
    assert "><img" not in found


def test_an_empty_page_proposes_what_to_drop_and_whom_to_ask(client):
    InitiativeFactory(title="Something")
    found = page(client, "?q=zzzz&stage=primary&where=middlesbrough")
    assert "Nothing is on record for this" in found
    assert "Search again without “zzzz”" in found
    assert "See who acts in Middlesbrough" in found


def test_each_kind_says_how_many_answer(client):
    InitiativeFactory(title="Rivers")
    OrganisationFactory(name="Rivers trust", is_public=True)
    OrganisationFactory(name="Rivers college", is_public=True)
    found = " ".join(page(client, "?q=rivers&exact=1").split())
    assert 'Initiatives <span class="kinds__count">1</span>' in found
    assert 'Organisations <span class="kinds__count">2</span>' in found


def test_a_question_without_words_is_the_list_of_initiatives(client):
    assert client.get("/search/?where=leeds&stage=primary").url == "/initiatives/?where=leeds&stage=primary"
    assert client.get("/search/?where=TS1&miles=5").status_code == 200
    assert client.get("/search/?focus=fsm").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_results_asks_as_much_at_one_result_as_at_thirty(client, rows, django_assert_max_num_queries):
    for number in range(rows):
        InitiativeFactory(title=f"River {number}", tags=["chess"])
    client.get("/search/?q=warm")
    with django_assert_max_num_queries(15):
        client.get(f"/search/?q=river&where=middlesbrough&fresh={rows}")


def test_the_same_as_json(client):
    InitiativeFactory(title="River club", tags=["chess"])
    answer = client.get("/search/results.json?q=river&where=middlesbrough").json()
    assert answer["total"] == 1
    assert answer["results"][0]["title"] == "River club"
    assert answer["facets"]["tag"] == {"chess": 1}


@pytest.mark.parametrize("path", ["/search/results.json?q=river", "/search/feed/?q=river"])
def test_an_answer_that_was_kept_says_as_the_first_one_did_what_it_is(client, path):
    InitiativeFactory(title="River <script>")
    first, kept = client.get(path), client.get(path)
    assert kept.content == first.content
    assert kept["Content-Type"] == first["Content-Type"]
    assert not kept["Content-Type"].startswith("text/html")


def test_an_export_has_every_row_and_no_formula(client):
    for number in range(45):
        InitiativeFactory(title=f"=cmd() river {number}", places=[CARDIFF])
    text = b"".join(client.get("/search/export.csv?q=river")).decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0].startswith("title,by,place")
    assert len(lines) == 46
    assert all(line.startswith("'=cmd()") for line in lines[1:])
    assert len(json.loads(b"".join(client.get("/search/export.json?q=river")))) == 45
    assert json.loads(b"".join(client.get("/search/export.json?q=zzzz&exact=1"))) == []


def test_a_feed_has_the_newest_first(client):
    InitiativeFactory(title="River one")
    newest = InitiativeFactory(title="River two")
    feed = ET.fromstring(client.get("/search/feed/?q=river").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == ["River two", "River one"]
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href").endswith(newest.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    [
        "?page=0&q=a",
        "?page=99999999999&q=a",
        "?miles=3&where=TS1&q=a",
        "?miles=x&where=%00&q=%00",
        "?sort=distance&q=a",
        "?sort=nothing&what=nothing&match=nothing&q=a",
        "?stage=%00&region=E1&focus=&q=a",
        "?q=" + "x" * 5000,
        "?q=" + "%22" * 301,
        "?q=a&tag=" + "&tag=".join(map(str, range(300))),
        "?q=a&where=XX1+1XX",
        "?q=%F0%9F%98%80+%E2%80%AEabc",
    ],
)
@pytest.mark.parametrize("path", ["/search/", "/search/results.json", "/search/feed/", "/search/export.csv"])
def test_no_address_is_an_error(client, path, address):
    assert client.get(path + address, follow=True).status_code == 200


class TestAddress(TestCase):
    """Property: an address reads back as the same search."""

    @settings(max_examples=60, deadline=None)
    @given(
        words=st.text(alphabet="abc XYZ\"-'é", max_size=30),
        where=st.sampled_from(["", "TS1", "middlesbrough", "north-east", "Cardiff"]),
        miles=st.sampled_from([None, *RADII]),
        chosen=st.dictionaries(st.sampled_from(sorted(VOCABULARIES)), st.integers(0, 1), max_size=3),
        sort=st.sampled_from([None, *Sort]),
        match=st.sampled_from(list(Match)),
        page=st.integers(1, 20),
    )
    def test_a_search_reads_back_from_its_address(self, words, where, miles, chosen, sort, match, page):
        given_ = QueryDict(mutable=True)
        given_["q"], given_["where"], given_["page"], given_["match"] = words, where, str(page), match.value
        if miles:
            given_["miles"] = str(miles)
        if sort:
            given_["sort"] = sort.value
        for facet, number in chosen.items():
            given_.setlist(facet.value, [VOCABULARIES[Facet(facet)].values[number]])
        query = read_search(given_).query
        again = read_search(QueryDict(query.address().lstrip("?"))).query
        assert isinstance(again, SearchQuery)
        assert again == query
