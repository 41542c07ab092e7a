"""The journey of a place in a browser: read on a telephone and at a desk, without scripts, and signed by who looked."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import NORTH_EAST, InitiativeFactory
from tests.factories.places import place
from texts.vocabulary import Reach


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_coordinator_reads_her_place_and_signs_a_gap_without_scripts(visit, accessible, width, scheme):
    InitiativeFactory(capacity=40, ends_on=timezone.localdate())
    InitiativeFactory(reach=Reach.REGION, places=[NORTH_EAST])
    person = CoordinatorFactory(place=place(), name="Ada Reed")
    page = visit("/places/middlesbrough/journey/", user=person, width=width, scheme=scheme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture = page.get_by_role("list", name="Stages and transitions of a life, each with its kinds of support")
    stone = picture.get_by_role(
        "link", name=re.compile("2 Mentoring ?: covered, 2 initiatives, at least 40 places a year")
    ).first
    expect(stone).to_be_visible()
    stone.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mentoring: Primary (5–11)")
    expect(page.get_by_role("article")).to_have_count(2)
    accessible(page)

    page = visit(
        "/places/middlesbrough/journey/list/?step=return&support=digital", user=person, width=width, scripts=False
    )
    page.get_by_role("link", name="Confirm that nobody does this here").click()
    page.get_by_label("How you looked").fill("I asked the library and both colleges.")
    page.get_by_role("button", name="I looked: nobody does this here").click()
    expect(page.get_by_text("Ada Reed, Coordinator of Middlesbrough, looked on")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto("/places/middlesbrough/journey/")
    expect(page.get_by_role("link", name=re.compile("0 Digital ?: none, confirmed"))).to_be_visible()
    page.get_by_role("button", name=re.compile("Take it back ?: Return to learning or work, Digital access")).click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
