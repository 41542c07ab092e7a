"""Broken chains in a browser: a coordinator sees where one breaks and introduces two by one click."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import HARTLEPOOL, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.places import place


def test_a_coordinator_introduces_two_by_one_click(visit, accessible):
    InitiativeFactory(title="Bright Futures", stages=("primary",), transitions=(), age_min=9, age_max=11)
    InitiativeFactory(title="Sure Steps", stages=("secondary",), age_min=11, age_max=14, places=[HARTLEPOOL])
    person = CoordinatorFactory(place=place())
    MembershipFactory(user=person)
    page = visit("/places/middlesbrough/journey/", user=person, width=390)
    page.get_by_role("link", name="Where the chain breaks").click()
    expect(page.get_by_text("ends in Year 6; no one in Middlesbrough continues in Year 7.")).to_be_visible()
    expect(page.get_by_text("It would need to reach Middlesbrough.")).to_be_visible()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name=re.compile("Introduce them ?: Bright Futures, Sure Steps")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bright Futures and Sure Steps")
    expect(page.get_by_text("One could go on where the other ends")).to_be_visible()
    page.goto("/places/middlesbrough/chains/")
    page.get_by_role("link", name=re.compile("Go to their discussion")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bright Futures and Sure Steps")
