"""Maps on the pages of places and beside the list: what they show, where they lead, what they weigh and cost."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.urls import reverse

from initiatives.queries.counting import reach_of_places, totals_of_places
from initiatives.queries.result_maps import reach_of_found
from places.boundaries.drawing import Told, draw
from places.models import PlaceKind
from places.queries import UK_CODE, gazetteer
from tests.factories.initiatives import MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db
STOCKTON, REDCAR, SUNDERLAND = "E06000004", "E06000003", "E08000024"
SHAPE = re.compile(r'<a class="map__place ([\w-]+)" href="([^"]+)"><title>([^<]+)</title>')
CIRCLE = re.compile(r'<a class="map__point" href="([^"]+)".*?<text[^>]*>(\d+)</text>')


@pytest.fixture(autouse=True)
def _fresh_pages():
    cache.clear()


@pytest.fixture
def registry():
    """Two for Middlesbrough, one of them for Stockton too; one for the region; one for the country."""
    InitiativeFactory(title="Both", places=[MIDDLESBROUGH, STOCKTON], stages=("primary",), support=("guidance",))
    InitiativeFactory(title="One", places=[MIDDLESBROUGH], stages=("secondary",), support=("guidance",))
    InitiativeFactory(title="Region", reach=Reach.REGION, places=[NORTH_EAST], stages=("primary",), support=("money",))
    InitiativeFactory(title="Country", reach=Reach.UK, places=[UK_CODE], stages=("primary",), support=("money",))


def shapes(client, address: str) -> dict[str, tuple[str, str, str]]:
    """Name → shade, address, number in words, of the shapes of a page."""
    page = client.get(address).content.decode()
    told = {}
    for css, url, title in SHAPE.findall(page):
        name, _colon, words = unescape(title).rpartition(": ")
        told[name] = (css, unescape(url), words)
    return told


def circles(client, address: str) -> dict[str, int]:
    return {unescape(url): int(number) for url, number in CIRCLE.findall(client.get(address).content.decode())}


def test_the_places_index_has_the_whole_country_with_a_table_beside_it(client, registry):
    told = shapes(client, "/places/")
    assert len(told) == 361
    assert told["Middlesbrough"] == ("step-5", "/places/middlesbrough/", "4 initiatives reach it, 2 of them by name")
    assert told["Stockton-on-Tees"][2] == "3 initiatives reach it, 1 of them by name"
    assert told["Sunderland"][0] < told["Stockton-on-Tees"][0]
    assert told["Cardiff"][2] == "1 initiative reaches it, not by name"
    assert circles(client, "/places/") == {"/search/?where=north-east&scope=local": 3}
    page = client.get("/places/").content.decode()
    assert "Skip the map" in page and 'href="#map-end"' in page and 'id="map-end"' in page
    assert page.count('href="/places/cardiff/"') == 2  # the shape's and the table's


def test_the_whole_country_weighs_less_than_200_kb(client, registry):
    assert len(gzip.compress(client.get("/places/").content)) < 200_000


def test_a_region_shows_its_council_areas_and_how_many_name_each(client, registry):
    told = shapes(client, "/places/north-east/")
    assert set(told) == {gazetteer()[code].name for code in gazetteer().authorities_in(NORTH_EAST)}
    assert circles(client, "/places/north-east/") == {
        "/search/?where=middlesbrough&scope=local": 2,
        "/search/?where=stockton-on-tees&scope=local": 1,
    }
    page = client.get("/places/north-east/").content.decode()
    assert "Initiatives that reach each council area" in page
    legend = page.partition('class="map__legend"')[2].partition("</ul>")[0]
    assert re.findall(r"</svg>([^<]+)</li>", legend) == ["2", "3", "4"]


@pytest.mark.parametrize("kind", list(PlaceKind))
def test_every_kind_of_place_has_a_map(client, registry, kind):
    place = gazetteer().of_kind(kind)[-1]
    address = reverse("place", args=[place.slug])
    assert len(shapes(client, address)) >= len(gazetteer().authorities_in(place.code))


def test_a_council_area_leads_to_its_neighbours_by_map_and_by_table(client, registry):
    told = shapes(client, "/places/middlesbrough/")
    assert set(told) == {"Middlesbrough", "North Yorkshire", "Redcar and Cleveland", "Stockton-on-Tees"}
    assert told["Middlesbrough"][0] == "map__here" and told["North Yorkshire"][0] == "map__around"
    page = client.get("/places/middlesbrough/").content.decode()
    table = page.partition("Next to it")[2].partition("</table>")[0]
    assert re.findall(r'href="([^"]+)">(\d+)<', table) == [
        ("/places/north-yorkshire/", "1"),
        ("/places/redcar-and-cleveland/", "2"),
        ("/places/stockton-on-tees/", "3"),
    ]
    assert set(shapes(client, "/places/isle-of-wight/")) == {"Isle of Wight"}
    assert "Next to it" not in client.get("/places/isle-of-wight/").content.decode()


def test_a_place_where_nobody_acts_still_lies_somewhere(client):
    assert shapes(client, "/places/cardiff/")["Cardiff"][2] == "no initiative yet"
    assert shapes(client, "/places/wales/")["Cardiff"][0] == "step-0"


def test_results_are_a_list_or_a_map_and_each_place_on_it_narrows_them(client, registry):
    listed = client.get("/initiatives/?stage=primary").content.decode()
    assert 'href="?stage=primary&amp;view=map"' in listed and "map__place" not in listed
    told = shapes(client, "/initiatives/?stage=primary&view=map")
    assert told["Middlesbrough"][1:] == (
        "?where=middlesbrough&stage=primary",
        "3 initiatives reach it, 1 of them by name",
    )
    assert "3 initiatives" in client.get("/initiatives/" + told["Middlesbrough"][1]).content.decode()
    page = client.get("/initiatives/?where=north-east&stage=primary&support=guidance&view=map").content.decode()
    assert {unescape(title) for _css, _url, title in SHAPE.findall(page)} >= {
        "Middlesbrough: 1 initiative reaches it",
        "Sunderland: no initiative yet",
    }
    assert 'class="facets__option" href="?where=north-east&amp;stage=primary&amp;support=guidance' in page
    assert re.search(r'class="facets__option" href="[^"]+&amp;view=map"', page)
    assert '<input type="hidden" name="view" value="map">' in page
    assert "map__place" not in client.get("/initiatives/?stage=early-years&view=hologram").content.decode()
    nothing = client.get("/initiatives/?stage=early-years&where=cardiff&view=map")
    assert nothing.status_code == 200


def test_kept_numbers_and_counted_ones_agree(registry):
    from initiatives.models import Initiative

    codes = [MIDDLESBROUGH, STOCKTON, REDCAR, SUNDERLAND, NORTH_EAST, UK_CODE]
    kept = reach_of_places(codes)
    assert kept == reach_of_found(Initiative.objects.all(), codes)
    assert kept == reach_of_found(list(Initiative.objects.values_list("pk", flat=True)), codes)
    assert totals_of_places(codes) == {code: numbers.total for code, numbers in kept.items()}


def test_a_map_costs_one_query_at_one_and_at_thirty(client, django_assert_num_queries):
    InitiativeFactory()
    for _round in range(2):
        for address, number in (("/places/", 1), ("/initiatives/?view=map", 5)):
            client.get(address)
            cache.clear()
            with django_assert_num_queries(number):
                assert client.get(address).status_code == 200
            cache.clear()
        for _number in range(29):
            InitiativeFactory()


def test_the_table_beside_a_map_has_the_number_of_the_shade_and_of_the_circle(client):
    InitiativeFactory()
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    for address in ("/places/north-east/", "/initiatives/?where=north-east&view=map"):
        text = client.get(address).content.decode()
        assert "Reach it</th>" in text and "Name it</th>" in text
        row = re.search(r'<th scope="row">Middlesbrough</th>(.*?)</tr>', text)
        assert row and re.findall(r">(\d+|none)<", row[1]) == ["2", "1"]
        row = re.search(r'<th scope="row">Hartlepool</th>(.*?)</tr>', text)
        assert row and re.findall(r">(\d+|none)<", row[1]) == ["1", "none"]


def test_an_area_is_named_from_the_size_on_at_which_its_name_fits():
    """Middlesbrough's name fits beside Northumberland only once the map is larger, and in all of Scotland later."""

    def levels(*codes):
        told = {code: Told(gazetteer()[code].name, "", "/") for code in codes}
        drawn = draw(told, name="Some").names
        return {name: int(level) for level, name in re.findall(r' n(\d+)" y="\d+">([^<]+)', drawn)}

    near = levels("E06000057", MIDDLESBROUGH)
    wide = levels("E06000057", MIDDLESBROUGH, "S12000017")
    assert near["Northumberland"] == 0 and near["Middlesbrough"] > 1
    assert wide["Middlesbrough"] > near["Middlesbrough"] and wide["Highland"] <= 1


@pytest.mark.parametrize(
    "address",
    ["/places/north-east/", "/initiatives/?stage=primary&where=north-east&view=map", "/search/?q=one&view=map"],
)
def test_a_number_in_a_circle_leads_to_just_so_many(client, registry, address):
    page = client.get(address).content.decode()
    beside = {
        unescape(url): int(number)
        for url, number in re.findall(r'<td class="number"><a href="([^"]*scope=local[^"]*)"[^>]*>(\d+)', page)
    }
    shown = circles(client, address)
    assert shown and shown.items() <= beside.items()
    for url, number in shown.items():
        listed = client.get(url if url.startswith("/") else address.split("?")[0] + url).content.decode()
        assert re.search(rf">\s*{number} initiatives?\s*<", listed), url
