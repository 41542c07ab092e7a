"""What was found, as a map: each place with how many of the results reach it, and the way to them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache

from search.domain import mapping
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, UK, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db
SHAPE = re.compile(r'<a class="map__place ([\w-]+)" href="([^"]+)"><title>([^<]+)</title>')


@pytest.fixture(autouse=True)
def _fresh_pages():
    cache.clear()


def shapes(client, address: str) -> dict[str, tuple[str, str]]:
    answer = client.get("/search/" + address)
    assert answer.status_code == 200
    told = {}
    for _css, url, title in SHAPE.findall(answer.content.decode()):
        name, _colon, words = unescape(title).rpartition(": ")
        told[name] = (unescape(url), words)
    return told


def test_results_of_words_are_mapped_and_each_place_asks_the_same_there(client):
    InitiativeFactory(title="Chess club", places=[MIDDLESBROUGH, HARTLEPOOL])
    InitiativeFactory(title="Chess online", reach=Reach.UK, places=[UK])
    InitiativeFactory(title="Football", places=[MIDDLESBROUGH])
    page = client.get("/search/?q=chess").content.decode()
    assert 'href="?q=chess&amp;view=map"' in page and "map__place" not in page
    told = shapes(client, "?q=chess&view=map")
    assert len(told) == 361
    assert told["Middlesbrough"] == (
        "?q=chess&where=middlesbrough",
        "2 initiatives reach it, 1 of them by name",
    )
    assert told["Cardiff"][1] == "1 initiative reaches it, not by name"
    assert "2 initiatives" in client.get("/search/" + told["Hartlepool"][0]).content.decode()
    assert set(shapes(client, "?q=chess&where=TS1+3BA&miles=10&view=map")) >= {"Middlesbrough", "Sunderland"}
    one = shapes(client, "?q=chess&where=middlesbrough&view=map")
    assert one["Stockton-on-Tees"] == ("?q=chess&where=stockton-on-tees", "not counted here")


def test_organisations_are_mapped_by_where_they_are(client):
    for number in range(3):
        OrganisationFactory(name=f"Harbour {number}", place_id=CARDIFF, is_public=True)
    page = client.get("/search/?q=harbour&what=organisations&view=map").content.decode()
    told = shapes(client, "?q=harbour&what=organisations&view=map")
    assert told["Cardiff"][1] == "3 organisations" and told["Leeds"][1] == "no organisation found"
    assert "Organisations in each council area" in page
    assert '<th scope="col" class="number">Organisations</th>' in page


def test_discussions_and_nothing_found_have_no_map_and_a_list_without_words_keeps_its_own(client):
    assert shapes(client, "?q=nothing+like+this&view=map") == {}
    assert shapes(client, "?q=chess&what=discussions&view=map") == {}
    assert client.get("/search/?where=north-east&view=map").url == "/initiatives/?where=north-east&view=map"


def test_a_map_of_results_takes_as_many_queries_at_one_as_at_thirty(client, django_assert_num_queries, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    InitiativeFactory(title="Chess 0")
    client.get("/search/?q=chess&view=map")
    numbers = []
    for count in (0, 29):
        for number in range(count):
            InitiativeFactory(title=f"Chess {number + 1}")
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/search/?q=chess&view=map")
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    cache.clear()
    monkeypatch.setattr(mapping, "MOST", 5)
    assert shapes(client, "?q=chess&view=map")["Middlesbrough"][1] == "5 initiatives reach it"


def test_a_map_says_how_many_of_the_results_it_counts(client, monkeypatch):
    for number in range(3):
        InitiativeFactory(title=f"Chess {number}")
    assert "Counted on this map" not in client.get("/search/?q=chess&view=map").content.decode()
    monkeypatch.setattr(mapping, "MOST", 2)
    cache.clear()
    assert "the best 2 of 3 results" in client.get("/search/?q=chess&view=map").content.decode()
