"""All places side by side: totals, table, map and file have the same numbers, which are those of the journeys."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import escape, unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from partnerships.coverage.domain.confirming import confirm_none
from places.models import PlaceKind
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.places import place
from tests.partnerships.coverage.test_pages import CELL, listed, page, said_by
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db

NATIONAL = "/journey/national/"
STEP = "step=primary-to-secondary"
UNSAID = '</span><span class="visually-hidden">not said</span>'
NUMBER = rf'<td class="number">(?:<a href="[^"]+">|<span aria-hidden="true">)?([\d,–]+)(?:</a>|{UNSAID})?</td>'
ROW = re.compile(
    r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a></th><td><span class="known known--(\w+)">.*?'
    r'<td class="number"><a href="([^"]+)">([\d?]+)</a></td>' + NUMBER * 4
)
SHAPE = re.compile(r'<a class="map__place ([\w-]+)" href="([^"]+)"><title>([^<]+?): ([^<]+)</title>')
TOTAL = re.compile(r"(\d+) (covered|thin|none, confirmed|not known)")
STATES = {"covered": "covered", "thin": "thin", "none": "none, confirmed", "unknown": "not known"}


def lay() -> None:
    """Middlesbrough covered, Cardiff and the rest of its region thin; in Hartlepool somebody looked for mentors."""
    InitiativeFactory(capacity=1_200, ends_on=timezone.localdate())
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST], support=("tutoring",))
    InitiativeFactory(places=[CARDIFF], capacity=7)
    InitiativeFactory(reach=Reach.NATION, places=[ENGLAND], transitions=("into-work",), support=("money",))
    confirm_none(
        gazetteer()[HARTLEPOOL],
        "primary-to-secondary",
        "mentoring",
        user=CoordinatorFactory(place=place("hartlepool")),
        note="I asked all eleven schools.",
    )


def rows(html: str) -> dict[str, tuple[str, ...]]:
    """A place's name → state, list, reach it, near, afar, places, how many end."""
    return {unescape(name): tuple(map(unescape, rest)) for name, *rest in ROW.findall(html)}


def totals(html: str) -> dict[str, int]:
    found = re.search(r'id="totals">(.*?)</p>', html, re.DOTALL)
    assert found
    return {state: int(number) for number, state in TOTAL.findall(found[1])}


def test_totals_table_map_and_file_have_the_same_numbers(client: Client):
    lay()
    asked = f"?{STEP}&support=mentoring"
    html = page(client, NATIONAL + asked)
    table = rows(html)
    assert len(table) == 361 and "Of 361 council areas:" in html
    counted = Counter(STATES[row[0]] for row in table.values())
    assert totals(html) == {state: counted[state] for state in STATES.values()}
    assert totals(html) == {"covered": 0, "thin": 2, "none, confirmed": 1, "not known": 358}
    shapes = {unescape(name): (shade, unescape(url), words) for shade, url, name, words in SHAPE.findall(html)}
    assert shapes.keys() == table.keys()
    shades = {"covered": "step-5", "thin": "step-2", "none": "step-0", "unknown": "step-unknown"}
    for name, (state, url, count, *_rest) in table.items():
        words = STATES[state] + (f", {count} initiative" if count not in "?0" else "")
        assert shapes[name] == (shades[state], url, words)
    legend = dict(re.findall(r"</svg>(thin|none, confirmed|not known): (\d+)</li>", html))
    assert legend == {state: str(number) for state, number in totals(html).items() if number}
    answer = client.get(f"/journey/national.csv{asked}")
    lines = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    assert Counter(line["state"] for line in lines) == {state: n for state, n in totals(html).items() if n}
    middlesbrough = next(line for line in lines if line["code"] == MIDDLESBROUGH)
    assert (middlesbrough["initiatives"], middlesbrough["places a year where known"]) == ("1", "1200")


@pytest.mark.parametrize(
    ("kind", "number"), [("region", 9), ("nation", 4), ("combined-authority", 15), ("priority-area", 73)]
)
def test_each_number_is_that_of_the_places_journey_and_of_its_list(client: Client, kind: str, number: int):
    lay()
    html = page(client, f"{NATIONAL}?{STEP}&kind={kind}")
    table = rows(html)
    assert len(table) == number == sum(totals(html).values())
    shapes = SHAPE.findall(html)
    if kind == "priority-area":
        assert shapes == [] and "there is no map of them" in html
    else:
        assert sorted(unescape(name) for _shade, _url, name, _words in shapes) == sorted(table)  # each once
    for state, url, count, near, afar, _places, ending in list(table.values())[::3]:
        said = said_by(CELL, page(client, url.replace("list/", "").partition("?")[0]))
        assert said[url] == (state, count)
        assert int(near) + int(afar) == (int(count) if count != "?" else 0)
        assert count == "?" or listed(client, url) == int(count)
        for number, more in ((near, "way=near"), (afar, "way=afar"), (ending, "ending=1")):
            address = f"{url}&{more}"
            assert (escape(address) in html) == (number != "0")
            assert listed(client, address) == int(number)


def test_a_place_within_a_state_and_an_order_narrow_and_turn_the_table(client: Client):
    lay()
    html = page(client, f"{NATIONAL}?in=north-east&{STEP}&sort=-count")
    table = rows(html)
    assert len(table) == 12 and "Of 12 council areas in the North East (region):" in html
    assert next(iter(table)) == "Middlesbrough" and table["Middlesbrough"][2:6] == ("2", "2", "0", "1,200")
    assert table["Darlington"][2:6] == ("1", "1", "0", "–")  # it does not say how many
    assert (
        'aria-sort="descending"><a href="/journey/national/?in=north-east&amp;step=primary-to-secondary&amp;sort=count"'
        in html
    )
    only = rows(page(client, f"{NATIONAL}?in=north-east&{STEP}&state=covered"))
    assert list(only) == ["Middlesbrough"]
    assert next(iter(rows(page(client, f"{NATIONAL}?in=wales&sort=-place")))) == "Wrexham"
    emptiest = rows(page(client, f"{NATIONAL}?{STEP}&support=mentoring&sort=state"))
    assert [row[0] for row in emptiest.values()][:2] == ["none", "unknown"] and next(iter(emptiest)) == "Hartlepool"
    none = page(client, f"{NATIONAL}?kind=region&in=wales")
    assert "No place of this kind is so" in none and "Wales has no regions." in none and "Of 0 regions" not in none


def test_where_no_step_is_chosen_covered_is_said_to_be_at_some_step_and_not_at_every_one(client: Client):
    InitiativeFactory()
    InitiativeFactory(transitions=("into-work",))
    html = page(client, NATIONAL)
    assert "<h1>At any stage or transition</h1>" in html and "Every stage" not in html
    assert "1 council area has two or more at some stage or transition, at least one of them from near." in html
    assert "at some stage or transition" not in page(client, f"{NATIONAL}?{STEP}")


def test_the_map_can_show_how_many_reach_each_place(client: Client):
    lay()
    html = page(client, f"{NATIONAL}?{STEP}&shade=number")
    shades = {name: shade for shade, _url, name, _words in SHAPE.findall(html)}
    assert (shades["Cardiff"], shades["Middlesbrough"], shades["Leeds"]) == ("step-2", "step-4", "step-unknown")


def test_what_makes_no_sense_is_left_out_and_said(client: Client):
    html = page(client, f"{NATIONAL}?kind=planet&in=atlantis&step=<b>&support=%00&state=x&shade=y&sort=--count")
    for words in ("planet", "atlantis", "&lt;b&gt;", "x", "y", "--count"):
        assert f"“{words}” is nothing that can be chosen here, so it is left out." in html
    assert "Of 361 council areas:" in html
    assert client.get("/journey/national.csv?kind=planet").status_code == 200


def test_the_view_costs_the_same_queries_whatever_is_registered(client: Client, django_assert_num_queries: Any):
    InitiativeFactory()
    page(client, NATIONAL)
    for number in (0, 29):
        for _one in range(number):
            InitiativeFactory(ends_on=timezone.localdate())
        cache.clear()
        with django_assert_num_queries(3):
            page(client, f"{NATIONAL}?{STEP}")


def test_pages_of_places_lead_there(client: Client):
    for address in ("/places/", "/places/united-kingdom/journey/"):
        assert f'href="{NATIONAL}"' in page(client, address)
    assert len(gazetteer().of_kind(PlaceKind.AUTHORITY)) == 361
