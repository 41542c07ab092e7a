"""Somebody searches: by words, place and radius, by keyboard alone, with and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])


@BOTH
def test_a_search_is_narrowed_by_radius_and_facet_and_each_can_be_taken_away(visit, scripts):
    InitiativeFactory(title="Mentors at the door", latitude=54.575, longitude=-1.235, stages=("primary",))
    InitiativeFactory(title="Mentors over the river", places=[HARTLEPOOL], latitude=54.69, longitude=-1.21)
    page = visit("/", scripts=scripts, width=390)
    page.get_by_role("searchbox", name="What").fill("mentorng")
    page.get_by_label("Where").fill("TS1")
    page.get_by_role("button", name="Find initiatives").click()
    expect(page.get_by_text("Showing results for mentoring")).to_be_visible()
    expect(page.get_by_role("article")).to_have_count(1)
    page.get_by_label("Within").select_option(label="10 miles")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("article")).to_have_count(2)
    page.get_by_role("link", name="Nearest").click()
    expect(page.get_by_role("article").first).to_contain_text("less than a mile away")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("link", name=re.compile("^Primary")).click()
    expect(page.get_by_role("list", name="What you asked for")).to_contain_text("Primary")
    page.get_by_role("list", name="What you asked for").get_by_role("link", name=re.compile("^within")).click()
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_search_by_keyboard_alone(visit):
    InitiativeFactory(title="Reading club")
    page = visit("/search/?q=reading&sort=newest", width=320)
    page.get_by_role("searchbox", name="What").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("club -van")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Reading club")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
