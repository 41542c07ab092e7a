"""A board's page is one sheet of paper; real places are walked through from their picture to a list and back."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from initiatives.models import ReachedPlace
from partnerships.coverage.domain.confirming import confirm_none
from partnerships.need.models import How
from places.models import PlaceKind
from places.queries import PlaceFacts, gazetteer
from tests.factories.accounts import CoordinatorFactory
from tests.factories.importing import GRANTS, imported, table
from tests.factories.initiatives import InitiativeFactory
from tests.factories.need import IndexFactory, ValueFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.places import place
from texts.vocabulary import Stage, Support, Transition

FILE = GRANTS / "lloyds_360giving.json"
LONG = "Together for every young person who leaves school without a place to go to, and for those who look after them"
BUSY = "bournemouth-christchurch-and-poole"


def pages_of(pdf: bytes) -> int:
    """How many pages Chromium wrote; its page objects are not packed."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def crowd() -> None:
    """A place with the longest of everything: nine that end soon, nine indices, five confirmed gaps."""
    here = place(BUSY)
    for number in range(9):
        InitiativeFactory(
            title=f"{LONG} {number}"[:150],
            lead_organisation=OrganisationFactory(name=f"{LONG}, part {number}", is_public=True),
            places=[here.code],
            stages=tuple(Stage.values),
            transitions=tuple(Transition.values),
            support=tuple(Support.values)[: number + 1],
            capacity=123_456,
            ends_on=timezone.localdate(),
        )
        index = IndexFactory(name=f"{LONG} {number}", source=f"{LONG} ({number})")
        for code in (here.code, here.parent_id):
            ValueFactory(index=index, place_id=code, how=How.DIRECT)
    person = CoordinatorFactory(place=here, name="Alexandrina Featherstonehaugh-Cholmondeley of Bournemouth")
    facts = gazetteer()[here.code]
    for step in tuple(Transition.values)[:5]:
        confirm_none(facts, step, Support.DIGITAL, user=person, note="I asked everybody who could know.")


def test_a_briefing_is_one_page_of_paper_however_much_there_is_to_say(visit, accessible):
    crowd()
    page = visit("/", scripts=False)
    for slug in (BUSY, "south-west", "isles-of-scilly", "cambridgeshire-and-peterborough-combined-authority"):
        page.goto(f"/places/{slug}/briefing/")
        assert pages_of(page.pdf(prefer_css_page_size=True)) == 1, slug
        page.set_viewport_size({"width": 703, "height": 1039})  # A4 within its margins
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".briefing__source")).to_contain_text(f"/places/{slug}/briefing/")
        foot = page.evaluate("document.querySelector('.briefing__source').getBoundingClientRect().bottom")
        assert foot < 1039, slug
        expect(page.get_by_role("navigation")).to_have_count(0)
        page.emulate_media(media="null")
    accessible(visit(f"/places/{BUSY}/briefing/", width=390))  # axe needs scripts


WORDS = {  # what a moderator reads in a grant: its stage, transition and support
    "employ|job|work experience": ("starting-work", "into-work", "employers"),
    "school|child|pupil": ("primary", "primary-to-secondary", "tutoring"),
    "young|youth": ("secondary", "choices-at-16", "mentoring"),
    "train|skill|learn": ("returning", "return", "skills"),
    "health|counsel|therap": ("", "", "health"),
    "advice|debt|legal": ("", "", "guidance"),
}


def real_grants(most: int) -> list[dict[str, str]]:
    """The first of them with a postcode in Leeds, Bradford or on Teesside, as rows of our own columns."""
    rows = []
    for grant in json.loads(FILE.read_text("utf-8"))["grants"]:
        to = grant["recipientOrganization"][0]
        if not (to.get("postalCode") or "").startswith(("LS", "BD", "TS")) or len(rows) == most:
            continue
        read = [words for pattern, words in WORDS.items() if re.search(pattern, grant["description"], re.IGNORECASE)]
        stages, transitions, support = (
            ("; ".join(filter(None, column)) for column in zip(*read, strict=True)) if read else ("",) * 3
        )
        rows.append(
            {
                "id": grant["id"],
                "title": f"{to['name']}: {grant['grantProgramme'][0]['title']}"[:140],
                "summary": grant["description"][:290],
                "organisation": to["name"],
                "organisation_id": to["id"],
                "organisation_postcode": to["postalCode"],
                "stages": stages,
                "transitions": transitions,
                "support": support,
            }
        )
    return rows


def busiest(number: int) -> list[PlaceFacts]:
    gaz = gazetteer()
    codes = ReachedPlace.objects.filter(place__kind=PlaceKind.AUTHORITY).values_list("place_id", flat=True)
    return [gaz[code] for code, _count in Counter(codes).most_common(number)]


def walk(page: Page, facts: PlaceFacts) -> None:
    """From the fullest stone of the picture to its list and back; then the briefing."""
    page.goto(f"/places/{facts.slug}/journey/")
    stones = page.get_by_role("list", name="Stages and transitions of a life, each with its kinds of support")
    numbers = [int(text) if text.isdigit() else 0 for text in stones.locator(".pebble__count").all_inner_texts()]
    most = max(numbers)
    assert most > 1
    stone = stones.locator(".pebble").nth(numbers.index(most))
    stone.click()
    expect(page.get_by_role("status")).to_have_text(f"{most} initiatives")
    expect(page.get_by_role("article")).to_have_count(min(most, 20))
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="The journey").click()
    expect(stone.locator(".pebble__count")).to_have_text(str(most))
    total = page.locator(".page-header .lead a").inner_text()
    page.get_by_role("link", name="One page for a board").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Social mobility in {facts.name}")
    expect(page.locator(".briefing__numbers li").first).to_contain_text(total.split()[0])
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1


@pytest.mark.skipif(not FILE.exists(), reason="The shared grants lie beside the repository, and are not here.")
def test_two_real_places_are_walked_through_from_the_picture_to_the_list_and_back(visit, tmp_path):
    assert imported(table(tmp_path / "grants.csv", *real_grants(120))).created > 100
    page = visit("/", scripts=False)
    first, second = busiest(2)
    walk(page, first)
    walk(page, second)
    page.goto("/journey/national/?support=mentoring&sort=-count")
    row = page.get_by_role("table").get_by_role("row").nth(1)
    name, number = row.get_by_role("rowheader").inner_text(), row.get_by_role("link").nth(1).inner_text()
    expect(page.get_by_role("link", name=f"{name}: covered, {number} initiatives")).to_have_count(1)  # on the map
    row.get_by_role("link").nth(1).click()
    expect(page.get_by_role("status")).to_have_text(f"{number} initiatives")
    assert page.url.endswith("/journey/list/?support=mentoring")
