"""A town or a postcode in the where box: its council area, with what is nearest first."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from search.domain.saying import sentence
from search.forms import read_search
from search.query import Sort
from tests.factories.initiatives import NORTH_EAST, InitiativeFactory
from tests.factories.search import titles
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db
NORTH_YORKSHIRE = "E06000065"
REDCAR = "E06000003"
WHITBY, SELBY, SALTBURN = (54.486, -0.615), (53.783, -1.067), (54.582, -0.974)


def page(client: Client, address: str) -> str:
    answer = client.get("/search/" + address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def coast() -> None:
    """One in the town, one far off in the same council area, one near by across its border, one of the whole region."""
    InitiativeFactory(title="Choir at Selby", places=[NORTH_YORKSHIRE], latitude=SELBY[0], longitude=SELBY[1])
    InitiativeFactory(title="Choir at Whitby", places=[NORTH_YORKSHIRE], latitude=WHITBY[0], longitude=WHITBY[1])
    InitiativeFactory(title="Choir at Saltburn", places=[REDCAR], latitude=SALTBURN[0], longitude=SALTBURN[1])
    InitiativeFactory(title="Choir on line", reach=Reach.ONLINE)


@pytest.mark.usefixtures("coast")
def test_a_town_alone_shows_its_council_area_the_nearest_first(client: Client) -> None:
    assert titles("where=whitby") == ["Choir at Whitby", "Choir at Selby", "Choir on line"]
    found = page(client, "?where=whitby")
    assert "<h1>Initiatives near Whitby</h1>" in found
    assert 'name="where" value="Whitby"' in found
    assert "Whitby is in North Yorkshire. These are for all of North Yorkshire. Or choose how far" in found
    assert "less than a mile away" in found and "51 miles away" in found
    assert "Whitby, North Yorkshire" in found  # the chip
    for miles in (2, 5, 10, 20, 40):
        assert f'href="?where=Whitby&amp;miles={miles}&amp;sort=distance"' in found


@pytest.mark.usefixtures("coast")
def test_a_radius_crosses_the_border_and_keeps_what_reaches_the_town_from_outside(client: Client) -> None:
    assert titles("where=Whitby&miles=20")[:2] == ["Choir at Whitby", "Choir at Saltburn"]
    assert titles("where=Whitby&miles=20&scope=local") == ["Choir at Whitby", "Choir at Saltburn"]
    assert titles("where=Whitby&miles=5&scope=local") == ["Choir at Whitby"]
    assert titles("where=Whitby&miles=5&scope=wider")[-1] == "Choir on line"
    found = page(client, "?where=Whitby&miles=20")
    assert "<h1>Initiatives within 20 miles of Whitby</h1>" in found
    assert "Reaches here from outside" in found and "16 miles away" in found
    assert "Organisations within 20 miles of Whitby" in page(client, "?where=Whitby&miles=20&what=organisations")


@pytest.mark.usefixtures("coast")
def test_a_postcode_alone_is_ordered_by_nearness_too(client: Client) -> None:
    assert titles("where=YO21+3AA")[0] == "Choir at Whitby"
    assert "Initiatives near YO21 3AA" in page(client, "?where=yo213aa")
    assert client.get("/search/?where=north-yorkshire").status_code == 302  # a place alone is the list of initiatives


@pytest.mark.usefixtures("coast")
def test_another_order_can_be_asked_for_and_words_are_ordered_by_match(client: Client) -> None:
    assert read_search(QueryDict("where=Whitby")).query.order == Sort.DISTANCE
    assert read_search(QueryDict("where=Whitby&sort=newest")).query.order == Sort.NEWEST
    assert read_search(QueryDict("where=Whitby&q=choir")).query.order == Sort.RELEVANCE
    assert 'href="?q=choir&amp;where=Whitby&amp;sort=distance"' in page(client, "?where=Whitby&q=choir")


def test_namesakes_are_offered_with_what_else_was_asked(client: Client) -> None:
    found = page(client, "?q=choir&where=Bangor&stage=primary")
    assert "Or did you mean" in found
    assert 'href="?q=choir&amp;where=Bangor+%28Gwynedd%29&amp;stage=primary"' in found
    assert "Initiatives near Bangor" in found
    assert "Bangor is in Gwynedd." in page(client, "?q=choir&where=Bangor+(Gwynedd)&stage=primary")


def test_a_search_near_a_town_is_said_so() -> None:
    assert sentence(read_search(QueryDict("q=choir&where=whitby")).query) == "“choir”, near Whitby"
    assert sentence(read_search(QueryDict("where=YO21&miles=10")).query) == "within 10 miles of YO21"
    assert sentence(read_search(QueryDict("where=north-east")).query) == "in North East"


def test_a_town_typed_as_words_is_known_and_leads_to_what_is_near_it(client: Client) -> None:
    InitiativeFactory(title="Whitby choir", places=[NORTH_YORKSHIRE])
    found = page(client, "?q=whitby")
    assert "Whitby (North Yorkshire) is a place." in found
    assert 'href="/search/?where=Whitby+%28North+Yorkshire%29"' in found


@pytest.mark.parametrize(("typed", "name"), [("whitb", "Whitby (North Yorkshire)"), ("middlesb", "Middlesbrough")])
def test_an_unfinished_place_or_town_is_suggested_with_where_it_leads(client: Client, typed: str, name: str) -> None:
    results = client.get("/search/suggest/", {"q": typed}).json()["results"]
    found = {one["name"]: one["url"] for one in results if one["group"] == "Places"}
    assert name in found
    assert client.get(found[name], follow=True).status_code == 200


def test_what_reaches_a_town_from_outside_is_counted_apart(client: Client) -> None:
    InitiativeFactory(title="Region choir", reach=Reach.REGION, places=[NORTH_EAST])
    InitiativeFactory(title="Choir here", places=[REDCAR])
    found = page(client, "?where=Redcar")
    assert "How near" in found
    assert titles("where=Redcar&scope=local") == ["Choir here"]
    assert titles("where=Redcar&scope=wider") == ["Region choir"]
