"""A visitor finds and reads: home, list, place, initiative, organisation; by mouse, keyboard and without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import UserFactory
from tests.factories.initiatives import NORTH_EAST, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from texts.vocabulary import Reach

SUGGEST = Path(__file__).resolve().parents[2] / "static" / "js" / "suggest.js"
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@BOTH
def test_a_visitor_finds_an_initiative_from_the_home_page_by_what_and_where(visit, scripts):
    InitiativeFactory(title="Ready for Year 7")
    InitiativeFactory(title="In Cardiff", places=["W06000015"])
    page = visit("/", scripts=scripts)
    page.get_by_label("What", exact=True).fill("year")
    page.get_by_label("Where").fill("Middlesbrough")
    page.get_by_role("button", name="Find initiatives").click()
    heading(page, "Initiatives in Middlesbrough")
    expect(page.get_by_role("link", name="In Cardiff")).to_have_count(0)
    page.get_by_role("link", name="Ready for Year 7").click()
    heading(page, "Ready for Year 7")


def test_one_filter_after_the_other_narrows_the_list_and_each_can_be_taken_away(visit):
    InitiativeFactory(title="Early birds", stages=("early-years",), support=("family",))
    InitiativeFactory(title="Sixth form talks", stages=("16-18",), support=("guidance",))
    InitiativeFactory(title="Sixth form money", stages=("16-18",), support=("money",))
    page = visit("/initiatives/", scripts=False)
    expect(page.get_by_role("heading", name="3 initiatives")).to_be_visible()
    page.get_by_role("link", name="Sixth form, college or training (16–18)").click()
    expect(page.get_by_role("heading", name="2 initiatives")).to_be_visible()
    page.goto(page.url + "&support=money")
    expect(page.get_by_role("heading", name="1 initiative")).to_be_visible()
    expect(page.get_by_role("link", name="Sixth form money")).to_be_visible()
    chosen = page.get_by_role("list", name="What you asked for")
    expect(chosen.get_by_role("link")).to_have_count(2)
    chosen.get_by_role("link", name=re.compile("^Money")).click()
    expect(page.get_by_role("heading", name="2 initiatives")).to_be_visible()


def test_a_long_list_is_read_page_by_page_and_keeps_its_question(visit):
    for number in range(25):
        InitiativeFactory(title=f"Scheme {number}")
    page = visit("/initiatives/?where=Middlesbrough", scripts=False, width=390)
    expect(page.get_by_role("article")).to_have_count(20)
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("article")).to_have_count(5)
    heading(page, "Initiatives in Middlesbrough")
    page.get_by_role("link", name="Previous").click()
    expect(page.get_by_role("article")).to_have_count(20)


def test_a_place_nobody_knows_is_said_and_stays_in_its_box(visit):
    page = visit("/initiatives/?where=Qwxzville")
    expect(page.get_by_role("alert")).to_contain_text("We know no place called “Qwxzville”.")
    expect(page.get_by_label("Where")).to_have_value("Qwxzville")


@BOTH
def test_every_number_on_the_stones_of_a_place_leads_to_a_list_of_that_many(visit, scripts):
    InitiativeFactory(stages=("primary",))
    InitiativeFactory(stages=("primary", "secondary"))
    InitiativeFactory(stages=("at-work",), reach=Reach.REGION, places=[NORTH_EAST])
    page = visit("/places/middlesbrough/", scripts=scripts)
    stones = page.get_by_role("region", name="Who acts at each stage").get_by_role("link", name=re.compile(r"\d"))
    expect(stones).to_have_count(3)
    found = []
    for number in range(3):
        stone = stones.nth(number)
        count = int(re.search(r"\d+", stone.inner_text()).group())
        stone.click()
        expect(page.get_by_role("article")).to_have_count(count)
        expect(page.get_by_role("heading", name=re.compile(rf"^{count} initiatives?$"))).to_be_visible()
        found.append(count)
        page.goto("/places/middlesbrough/")
    assert found == [2, 1, 1]


def test_a_place_where_nobody_registered_anything_says_so_and_what_to_do(visit):
    page = visit("/places/middlesbrough/")
    expect(page.get_by_role("heading", name="Nobody has registered anything")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Register what you do")).to_be_visible()


def test_from_an_initiative_to_its_organisation_its_place_and_what_comes_next(visit):
    following = InitiativeFactory(title="Choices at 16")
    lead = OrganisationFactory(name="Riverside Trust", is_public=True)
    initiative = InitiativeFactory(title="Ready for Year 7", lead_organisation=lead)
    initiative.handovers.create(next_initiative=following)
    initiative.save()
    page = visit(initiative.get_absolute_url(), scripts=False)
    page.get_by_role("main").get_by_role("link", name="Riverside Trust").first.click()
    heading(page, "Riverside Trust")
    page.get_by_role("region", name="What it leads").get_by_role("link", name="Ready for Year 7").click()
    page.get_by_role("main").get_by_role("link", name="Choices at 16").first.click()
    heading(page, "Choices at 16")
    page.get_by_role("navigation", name="Breadcrumbs").get_by_role("link", name="Middlesbrough").click()
    heading(page, "Middlesbrough")


def test_a_keyboard_skips_to_the_content_and_goes_through_a_page_in_its_order(visit):
    page = visit("/initiatives/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    for box in (page.get_by_label("What", exact=True), page.get_by_label("Where")):
        page.keyboard.press("Tab")
        expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Find initiatives")).to_be_focused()


def test_the_menu_of_a_telephone_opens_by_keyboard_without_scripts(visit):
    page = visit("/", width=390, scripts=False)
    menu = page.get_by_role("banner").locator("summary", has_text="Menu")
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Places").click()
    heading(page, "Places")


@pytest.mark.skipif(not SUGGEST.read_text("utf-8").strip(), reason="Nothing suggests places yet: suggest.js is empty.")
def test_a_place_is_chosen_by_keyboard_among_those_that_are_suggested(visit):
    page = visit("/")
    where = page.get_by_label("Where")
    where.press_sequentially("middlesb")
    expect(page.get_by_role("option", name="Middlesbrough").first).to_be_visible()
    expect(where).to_have_attribute("aria-expanded", "true")
    where.press("ArrowDown")
    where.press("Enter")
    expect(where).to_have_value(re.compile("Middlesbrough"))
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="Find initiatives").click()
    heading(page, "Initiatives in Middlesbrough")


@pytest.mark.parametrize("width", [320, 360, 480, 520])
def test_an_open_menu_stays_on_the_screen_of_a_telephone(visit, width):
    page = visit("/", user=UserFactory(), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for menu in (".account-menu", ".site-menu"):
        page.locator(f"{menu} > summary").click()
        box = page.locator(f"{menu}__panel").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        page.locator(f"{menu} > summary").click()
