"""A place on one page: its numbers are those of the journey, what ends and who acts is named, what is worth a talk."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from partnerships.briefing.talks import worth_a_talk
from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.domain.confirming import confirm_none
from partnerships.coverage.queries.journey import journey
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.need import ValueFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.places import place
from tests.partnerships.coverage.test_pages import CELL, STONE, listed, page, said_by
from texts.vocabulary import Reach, Transition

pytestmark = pytest.mark.django_db

BRIEFING = "/places/middlesbrough/briefing/"
NUMBER = re.compile(r'<li><a href="([^"]+)"><b>(\d+)</b>')
SQUARE = re.compile(r'<td class="square square--(\w+)"><a href="([^"]+)">([\d?]+)<')
NOTE = "I asked all five colleges and the library."


def lay() -> None:
    """Two that name Middlesbrough, of one organisation; one each of its region and the UK."""
    leader = OrganisationFactory(name="Riverbank Trust", is_public=True)
    InitiativeFactory(lead_organisation=leader, capacity=1_400, ends_on=timezone.localdate())
    InitiativeFactory(lead_organisation=leader, title="Steps <b>on</b>")
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST], transitions=("choices-at-16",))
    InitiativeFactory(reach=Reach.UK, places=[], transitions=("into-work",), support=("money",))


def test_each_number_is_the_journeys_and_leads_to_its_list(client: Client):
    lay()
    html = page(client, BRIEFING)
    numbers = {unescape(url): int(count) for url, count in NUMBER.findall(html)}
    every = "/places/middlesbrough/journey/list/"
    assert numbers == {
        every: 4,
        f"{every}?way=here": 2,
        f"{every}?way=region": 1,
        f"{every}?way=uk": 1,
        f"{every}?ending=1": 1,
    }
    for url, count in numbers.items():
        assert listed(client, url) == count, url
    assert "1,400" in html and "(2 do not say)" in html  # of the three from near
    stones, squares = said_by(STONE, html), said_by(SQUARE, html)
    cells = said_by(CELL, page(client, "/places/middlesbrough/journey/"))
    assert len(stones) == 15 and len(squares) == len(Transition) * 13
    assert {url: cells[url] for url in (*stones, *squares) if "support=" in url} == {
        url: said for url, said in {**stones, **squares}.items() if "support=" in url
    }
    assert all(squares[url] == stones[url] for url in squares.keys() & stones.keys())


def test_a_gap_that_only_work_from_afar_reaches_says_both_and_its_places_stand_apart(client: Client):
    InitiativeFactory(reach=Reach.UK, places=[], transitions=("return",), support=("digital",), capacity=67_000)
    person = CoordinatorFactory(place=place())
    confirm_none(gazetteer()[MIDDLESBROUGH], "return", "digital", user=person, note=NOTE)
    html = page(client, BRIEFING)
    both = "thin: 1 from afar; nobody here, confirmed"
    assert re.search(rf'square--thin"><a href="[^"]+step=return&amp;support=digital">1<[^>]+> {both}<', html)
    assert re.search(
        r"None here, confirmed:</b> Return to learning or work, Digital access \([^)]+\) \(1 from afar\)", html
    )
    assert "somebody looked, and nobody does this here; 1 reaches it from afar." in html
    assert "<b>0</b> places a year here" in html
    assert "and 67,000 from afar, shared with everywhere else" in html
    journey_page = page(client, "/places/middlesbrough/journey/")
    assert f'title="Digital: {both}"' in journey_page and f"> {both}</span>" in journey_page
    uk = page(client, "/places/middlesbrough/journey/?way=uk")
    assert "67,000" in uk and "67,000" not in journey_page


def test_it_names_who_leads_most_what_ends_and_how_much_the_place_needs(client: Client):
    lay()
    ValueFactory(index__name="Index of hardship", index__year=2024)
    html = page(client, BRIEFING)
    assert re.search(r"<b>2</b> <a[^>]+>Riverbank Trust</a>", html)
    assert re.search(f"<b>{timezone.localdate():%-d %b %Y}</b> <a[^>]+>Steps to Secondary", html)
    assert "Index of hardship 2024</a>: <b>41.5 (score)</b>, 3rd most in need of 361 council areas. " in html
    assert "Office for Examples" in html and "Steps &lt;b&gt;" not in html
    assert f"http://testserver{BRIEFING}" in html


def test_what_nobody_does_comes_before_what_is_thin_before_what_nobody_knows():
    lay()
    confirm_none(gazetteer()[MIDDLESBROUGH], "return", "digital", user=CoordinatorFactory(place=place()), note=NOTE)
    talks = worth_a_talk(journey(JourneyQuery((gazetteer()[MIDDLESBROUGH],))))
    assert [(talk.what, talk.why) for talk in talks] == [
        ("Return to learning or work, digital access", "somebody looked, and nobody does this here."),
        ("Choices at 16", "a single initiative."),
        ("Into work", "a single initiative."),
    ]
    assert talks[1].url == "/places/middlesbrough/journey/list/?step=choices-at-16"


def test_the_only_one_that_ends_comes_before_a_single_one():
    InitiativeFactory(transitions=("into-work",))
    InitiativeFactory(transitions=("choices-at-18",), ends_on=timezone.localdate() + datetime.timedelta(days=10))
    InitiativeFactory(reach=Reach.UK, places=[], transitions=("return",), support=())
    InitiativeFactory(reach=Reach.UK, places=[], transitions=("return",), support=())
    found = journey(JourneyQuery((gazetteer()[MIDDLESBROUGH],)))
    talks = worth_a_talk(found, most=4)
    assert [talk.what for talk in talks] == [
        "Choices at 18",
        "Into work",
        "Return to learning or work",
        "Starting school",
    ]
    assert talks[0].why.startswith("the only one ends by ")
    assert talks[2].why == "2 reach it, all of them from afar."
    assert talks[3].why.endswith("Who would know?")


def test_an_empty_place_says_what_is_not_known(client: Client):
    html = page(client, "/places/isles-of-scilly/briefing/")
    for words in (
        "Nothing that we know of ends by",
        "No index says anything of Isles of Scilly.",
        "No initiative names Isles of Scilly yet.",
        "nobody has said whether anyone does this. Who would know?",
    ):
        assert words in html


def test_regions_and_the_uk_carry_their_article_within_sentences(client: Client):
    heading = "Social mobility in the North East (region)</h1>"
    assert heading in (html := page(client, "/places/north-east/briefing/")) and "All of the North East" in html
    assert "A life in the United Kingdom</h1>" in page(client, "/places/united-kingdom/journey/")
    assert "A life in Yorkshire and The Humber (region)</h1>" in page(
        client, "/places/yorkshire-and-the-humber/journey/"
    )


def test_a_briefing_costs_the_same_queries_whatever_is_registered(client: Client, django_assert_num_queries: Any):
    InitiativeFactory()
    page(client, BRIEFING)
    for number in (0, 29):
        for _one in range(number):
            InitiativeFactory(ends_on=timezone.localdate())
        cache.clear()
        with django_assert_num_queries(10):
            page(client, BRIEFING)


def test_a_former_place_leads_on_and_nowhere_is_not_found(client: Client):
    answer = client.get("/places/eden/briefing/", follow=True)
    assert answer.redirect_chain[0][0].startswith("/places/westmorland-and-furness/briefing/")
    assert "today it is part of Westmorland and Furness." in answer.content.decode()
    assert client.get("/places/cumbria/briefing/")["Location"].startswith("/journey/?place=cumbria")
    assert client.get("/places/atlantis/briefing/").status_code == 404
    assert page(client, f"{BRIEFING}?way=sideways&step=%00&support=<b>&was=<b>")


def test_a_places_page_and_its_journey_lead_to_its_briefing(client: Client):
    assert BRIEFING in page(client, "/places/middlesbrough/")
    assert BRIEFING in page(client, "/places/middlesbrough/journey/")
    assert "/briefing/" not in page(client, "/journey/?place=middlesbrough&place=hartlepool")
