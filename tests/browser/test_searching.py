"""Somebody searches: by words, place and radius, by keyboard alone, with and without scripts."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory
from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


@BOTH
def test_a_search_is_narrowed_by_radius_and_facet_and_each_can_be_taken_away(visit, scripts):
    InitiativeFactory(title="Mentors at the door", latitude=54.575, longitude=-1.235, stages=("primary",))
    InitiativeFactory(title="Mentors over the river", places=[HARTLEPOOL], latitude=54.69, longitude=-1.21)
    page = visit("/", scripts=scripts, width=390)
    page.get_by_label("What", exact=True).fill("mentorng")
    page.get_by_label("Where").fill("TS1")
    page.get_by_role("button", name="Find initiatives").click()
    expect(page.get_by_text("Showing results for mentoring")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_label("Within").select_option(label="10 miles")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("link", name="Nearest").click()
    expect(page).to_have_url(re.compile("sort=distance"))
    expect(page.get_by_role("article").first).to_contain_text("less than a mile away")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("link", name=re.compile("^Primary")).click()
    expect(page.get_by_role("list", name="What you asked for")).to_contain_text("Primary")
    page.get_by_role("list", name="What you asked for").get_by_role("link", name=re.compile("^within")).click()
    expect(page.get_by_role("article")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_suggestion_is_chosen_by_keyboard_and_leads_to_its_page(visit, accessible, width):
    InitiativeFactory(title="Midnight football", tags=["midlands"])
    page = visit("/", width=width)
    what = page.get_by_role("combobox", name="What")
    what.press_sequentially("midni")
    expect(page.get_by_role("group", name="Initiatives").get_by_role("option")).to_have_text("Midnight football")
    what.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    what.fill("mid")
    what.press("ArrowDown")
    expect(page.get_by_role("option", name="Midnight football")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Suggestions: \d"))).to_be_attached()
    accessible(page)
    what.press("ArrowUp")
    what.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Midnight football")


def test_enter_with_nothing_chosen_searches_for_what_was_typed(visit):
    InitiativeFactory(title="Midnight football")
    page = visit("/search/?q=x")
    what = page.get_by_role("combobox", name="What")
    what.fill("midnight")
    expect(page.get_by_role("option").first).to_be_visible()
    what.press("Enter")
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_choice_changes_the_page_in_place_and_the_way_back_works(visit):
    InitiativeFactory(title="Chess at school", stages=("primary",))
    InitiativeFactory(title="Chess at work", stages=("secondary",))
    page = visit("/search/?q=chess&sort=newest", width=1280)
    page.evaluate("window.isTheSamePage = true")
    page.get_by_role("link", name=re.compile("^Primary")).click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page).to_have_url(re.compile("stage=primary"))
    assert page.evaluate("window.isTheSamePage") is True
    expect(page.get_by_role("main")).to_be_focused()
    what = page.get_by_label("What", exact=True)
    expect(what).to_have_attribute("role", "combobox")
    what.fill("work")
    what.press("Enter")
    expect(page).to_have_url(re.compile("q=work"))
    page.go_back()
    expect(page).to_have_url(re.compile("q=chess"))
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_role("link", name="Chess at school").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chess at school")


def test_several_filters_are_ticked_in_the_open_drawer_one_after_the_other(visit, accessible):
    InitiativeFactory(title="Chess at school", stages=("primary",), support=("mentoring", "coaching"))
    InitiativeFactory(title="Chess at college", stages=("secondary",), support=("coaching",))
    InitiativeFactory(title="Chess at work", stages=("starting-work",), support=("coaching",))
    page = visit("/search/?q=chess&sort=newest", width=390)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_text("Kind of support", exact=True).click()
    page.get_by_role("link", name=re.compile("^Primary")).click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("link", name=re.compile("^Primary.*chosen, take away"))).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("^Mentoring"))).to_be_visible()  # its group stays open as well
    expect(page.get_by_role("status").filter(has_text="1 initiative")).to_be_attached()
    page.get_by_role("link", name=re.compile("^Secondary")).press("Enter")
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page).to_have_url(re.compile("stage=primary&stage=secondary"))
    accessible(page)
    page.get_by_role("list", name="What you asked for").get_by_role("link", name=re.compile("^Primary")).click()
    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_town_is_suggested_chosen_and_searched_near(visit, accessible, width, scheme):
    InitiativeFactory(title="Choir by the sea", places=["E06000065"], latitude=54.486, longitude=-0.615)
    page = visit("/search/?q=choir", width=width, scheme=scheme)
    where = page.get_by_role("combobox", name="Where")
    where.press_sequentially("whitb")
    group = page.get_by_role("group", name="Towns")
    expect(group.get_by_role("option", name="Whitby (North Yorkshire)")).to_be_visible()
    accessible(page)
    where.press("ArrowDown")
    expect(where).to_have_attribute("aria-activedescendant", re.compile("suggestions-"))
    while page.locator('[aria-selected="true"]').text_content() != "Whitby (North Yorkshire)":
        where.press("ArrowDown")
    where.press("Enter")
    expect(where).to_have_value("Whitby (North Yorkshire)")
    expect(where).to_have_attribute("aria-expanded", "false")
    where.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Initiatives near Whitby")
    expect(page.get_by_role("combobox", name="Where")).to_have_value("Whitby")
    expect(page.get_by_role("article")).to_contain_text("less than a mile away")
    page.get_by_role("link", name="10 miles", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Initiatives within 10 miles of Whitby")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("scheme", "scripts"), [("light", True), ("dark", True), ("light", False)])
def test_an_empty_page_leads_on_at_any_width(visit, accessible, scheme, scripts):
    InitiativeFactory(title="Chess club", stages=("secondary",))
    InitiativeFactory(title="Chess over the river", places=[HARTLEPOOL], stages=("primary",))
    page = visit("/search/?q=chess&where=Middlesbrough&stage=primary", width=320, scheme=scheme, scripts=scripts)
    expect(page.get_by_role("heading", name="Nothing is on record for this")).to_be_visible()
    if scripts:
        accessible(page)
    assert scripts is False or page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Hartlepool", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(1)


@BOTH
def test_an_initiative_shows_what_reads_like_it(visit, scripts):
    InitiativeFactory(title="Robot league", description="Robots race on wheels.")
    one = InitiativeFactory(title="Robot club", description="Building robots with wheels.")
    page = visit(one.get_absolute_url(), scripts=scripts, width=390)
    page.get_by_role("heading", name="More like this").scroll_into_view_if_needed()
    if not scripts:
        page.get_by_role("link", name="What reads like this initiative").click()
    expect(page.get_by_role("link", name="Robot league")).to_be_visible()


def test_a_search_by_keyboard_alone(visit):
    InitiativeFactory(title="Reading club")
    page = visit("/search/?q=reading&sort=newest", width=320)
    page.get_by_label("What", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("club -van")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Reading club")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@BOTH
def test_a_search_is_saved_and_its_alert_arrives_in_the_inbox(visit, accessible, scripts):
    check = accessible if scripts else lambda page: None  # axe is a script
    person = UserFactory(name="Ada Example")
    page = visit("/search/?q=chess", user=person, scripts=scripts, width=390)
    page.get_by_role("link", name="Save this search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Save this search")
    check(page)
    page.get_by_label("Its name").fill("Chess near us")
    page.get_by_label("At once: within some five minutes").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chess near us")
    check(page)
    InitiativeFactory(title="Chess at dawn")
    call_command("send_alerts", stdout=StringIO())
    page.goto("/inbox/")
    check(page)
    page.get_by_role("link", name="1 new in “Chess near us”").click()
    expect(page.get_by_role("link", name="Chess at dawn")).to_be_visible()
    page.get_by_role("button", name="Silence it Chess at dawn").click()
    expect(page.get_by_text("You will not hear of it again.")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.goto("/search/saved/")
    expect(page.get_by_text("Paused", exact=True)).to_be_visible()
    check(page)
