"""The journey of a place as pages: picture, table and list say the same, and bad addresses are answered."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Initiative
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from texts.vocabulary import Reach, Stage, Support, Transition

pytestmark = pytest.mark.django_db

STONE = re.compile(r'<a class="pebble pebble--(\w+) [^"]*" href="([^"]+)".*?pebble__count">([\d?]+)<')
CELL = re.compile(r'<td class="cell cell--(\w+)"><a href="([^"]+)">([\d?]+)</a>')
COUNT = re.compile(r'results-count" role="status">\s*([\d,]+) initiative')


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def said_by(pattern: re.Pattern[str], html: str) -> dict[str, tuple[str, str]]:
    """Address of a list → state and number."""
    return {unescape(url): (state, number) for state, url, number in pattern.findall(html)}


def listed(client: Client, address: str) -> int:
    found = COUNT.search(page(client, address))
    assert found, address
    return int(found[1].replace(",", ""))


def lay() -> None:
    """One of each way to reach Middlesbrough, and one that does not."""
    soon = timezone.localdate()
    InitiativeFactory(capacity=40, ends_on=soon)
    InitiativeFactory(
        stages=("primary",), transitions=(), support=("mentoring", "tutoring"), places=[HARTLEPOOL, MIDDLESBROUGH]
    )
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    InitiativeFactory(reach=Reach.NATION, places=[ENGLAND], support=("money",), stages=("higher",), transitions=())
    InitiativeFactory(reach=Reach.UK, places=[])
    InitiativeFactory(reach=Reach.ONLINE, places=[], support=("digital",))
    InitiativeFactory(places=[CARDIFF])


def test_each_number_is_the_same_on_the_picture_in_the_table_in_its_list_and_in_the_list_of_initiatives(client: Client):
    lay()
    html = page(client, "/places/middlesbrough/journey/")
    stones, cells = said_by(STONE, html), said_by(CELL, html)
    assert len(stones) == (len(Stage) + len(Transition)) * len(Support)
    assert {url: cells[url] for url in stones} == stones
    for url, (state, number) in cells.items():
        if number != "?":
            cache.clear()
            assert listed(client, url) == int(number), url
            beside = unescape(re.search(r'href="(/initiatives/\?[^"]+)"', page(client, url))[1])  # type: ignore[index]
            assert listed_in_browse(client, beside) == int(number), beside
            assert state == ("covered" if int(number) > 1 else "thin") or "money" in url or "digital" in url
    assert cells["/places/middlesbrough/journey/list/"][1] == "6"
    step = "/places/middlesbrough/journey/list/?step=primary&support=mentoring"
    assert cells[step] == ("covered", "4")
    assert "covered, 4 initiatives, at least 40 places a year, 1 ending by" in html
    ways = {"here": 2, "region": 1, "nation": 0, "uk": 1, "online": 0, "named": 2, "near": 3, "afar": 1}
    for way, number in ways.items():
        assert listed(client, f"{step}&way={way}") == number, way
    assert listed(client, f"{step}&ending=1") == 1


def listed_in_browse(client: Client, address: str) -> int:
    found = re.search(r"results-count[^>]*>\s*(?:<[^>]+>)*\s*([\d,]+)", page(client, address))
    assert found, address
    return int(found[1].replace(",", ""))


def test_only_what_names_a_place_can_be_looked_at_alone(client: Client):
    lay()
    cells = said_by(CELL, page(client, "/places/middlesbrough/journey/?way=here&view=transitions"))
    mentoring = "/places/middlesbrough/journey/list/?step=primary-to-secondary&support=mentoring&way=here"
    assert cells[mentoring] == ("thin", "1")
    assert listed(client, mentoring) == 1
    assert not any("step=primary&" in url for url in cells)


def test_a_region_tells_apart_what_is_for_all_and_for_a_part_of_it(client: Client):
    lay()
    step = "/places/north-east/journey/list/?step=primary&support=mentoring"
    assert [listed(client, f"{step}&way={way}") for way in ("here", "part", "named", "uk")] == [1, 2, 3, 1]
    assert said_by(CELL, page(client, "/places/north-east/journey/"))[step] == ("covered", "4")
    for slug in ("tees-valley-combined-authority", "united-kingdom", "england"):
        html = page(client, f"/places/{slug}/journey/")
        for url, (_state, number) in list(said_by(CELL, html).items())[::7]:
            cache.clear()
            assert number == "?" or listed(client, url) == int(number), url


def test_several_places_count_each_initiative_once(client: Client):
    lay()
    address = "/journey/?place=middlesbrough&place=hartlepool&place=cardiff"
    html = page(client, address)
    cells = said_by(CELL, html)
    every = "/journey/list/?place=middlesbrough&place=hartlepool&place=cardiff"
    assert cells[every] == ("covered", "7")
    for url, (_state, number) in cells.items():
        if number not in "?0":
            cache.clear()
            assert listed(client, url) == int(number), url
    ways = {"here": 3, "region": 1, "nation": 1, "uk": 1, "online": 1, "near": 4, "afar": 3}
    assert {way: listed(client, f"{every}&way={way}") for way in ways} == ways


def test_the_file_has_the_same_numbers_and_each_way(client: Client):
    lay()
    answer = client.get("/places/middlesbrough/journey.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    assert len(rows) == 16 * 13
    one = next(
        row for row in rows if row["stage or transition"].startswith("Primary (") and row["support"] == "Mentoring"
    )
    assert (one["initiatives"], one["Names Middlesbrough"], one["All of the North East"], one["Online"]) == (
        "4",
        "2",
        "1",
        "0",
    )
    assert (one["state"], one["places a year where known"], one["initiatives that do not say"]) == (
        "covered",
        "40",
        "3",
    )


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/places/middlesbrough/journey/", 7), ("/journey/?place=middlesbrough&place=cardiff", 6)],
)
def test_a_journey_costs_the_same_queries_whatever_is_registered(
    client: Client, address: str, queries: int, django_assert_num_queries: Any
):
    InitiativeFactory()
    page(client, address)
    counted = []
    for number in (0, 29):
        for _one in range(number):
            InitiativeFactory(ends_on=timezone.localdate())
        cache.clear()
        with django_assert_num_queries(queries) as captured:
            page(client, address)
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_a_list_costs_the_same_queries_whatever_is_registered(client: Client, django_assert_num_queries: Any):
    InitiativeFactory()
    address = "/places/middlesbrough/journey/list/?step=primary&support=mentoring"
    page(client, address)
    for number in (0, 29):
        for _one in range(number):
            InitiativeFactory()
        cache.clear()
        with django_assert_num_queries(4):
            page(client, address)
    cache.clear()
    assert "2</a>" in page(client, address)  # a second page


def test_a_former_place_leads_to_what_took_its_place(client: Client):
    answer = client.get("/places/eden/journey/", follow=True)
    assert answer.redirect_chain[0][0].startswith("/places/westmorland-and-furness/journey/")
    assert "has no journey of its own: today it is part of Westmorland and Furness." in answer.content.decode()
    html = page(client, "/journey/?place=E10000006")  # Cumbria became two
    assert "“Cumbria” has no journey of its own: today it is part of Cumberland and Westmorland and Furness." in html
    assert "A life in Cumberland and Westmorland and Furness" in html


def test_what_is_no_place_and_no_filter_is_left_out_and_said(client: Client):
    html = page(client, "/journey/?place=atlantis&place=leeds&way=sideways&view=<b>")
    assert "We know no place called “atlantis”, so it is left out." in html
    assert "“sideways” is nothing that can be chosen here" in html
    assert "“&lt;b&gt;” is nothing that can be chosen here" in html
    assert "A life in Leeds" in html
    assert "No council area is chosen" in page(client, "/journey/")
    assert "3,000" not in page(client, "/places/leeds/journey/list/?page=3000&step=%00&support=" + "x" * 300)
    assert client.get("/places/atlantis/journey/").status_code == 404
    assert client.get("/places/atlantis/journey/confirm/").status_code in (302, 404)


def test_a_wider_place_in_a_set_is_taken_apart_and_too_many_are_cut(client: Client):
    html = page(client, "/journey/?place=tees-valley")
    assert " is more than one council area: all 5 of them are taken." in html
    html = page(client, "/journey/?place=england")
    assert "A journey takes at most 60; the first of them are shown." in html
    names = "".join(f"&place=nowhere-{number}" for number in range(70))
    html = page(client, f"/journey/?place=leeds{names}&place=leeds")
    assert "These are 71 names. At most 60 are looked up at once; the first of them were." in html
    assert "A life in Leeds" in html
    assert html.count("We know no place called") == 59


def test_the_hub_of_a_place_leads_to_its_journey(client: Client):
    assert reverse("journey", args=["middlesbrough"]) in page(client, "/places/middlesbrough/")
    InitiativeFactory()
    cache.clear()
    assert reverse("journey", args=["middlesbrough"]) in page(client, "/places/middlesbrough/")
    assert Initiative.objects.count() == 1
