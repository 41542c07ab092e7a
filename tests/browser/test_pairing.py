"""From an overlap to talk and to a partnership, as people do it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.models import Thread
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.models import Pair
from places.models import Place
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.partnerships import party

TEXT = "Mentors meet Year 9 pupils every week and help them to choose their options."


@pytest.fixture
def riverbank(site):
    return party("Riverbank Youth Trust")


@pytest.fixture
def teeslight(site):
    return party("Teeslight Mentoring")


@pytest.fixture
def pair(riverbank, teeslight):
    """Two who mentor the same Year 9s."""
    same = {
        **{"stages": ["secondary"], "transitions": ["choices-at-16"], "support": ["mentoring"], "focus": ["fsm"]},
        **{"age_min": 13, "age_max": 14, "summary": TEXT, "description": TEXT},
    }
    InitiativeFactory(lead_organisation=riverbank[0], title="Nines on Track", **same)
    InitiativeFactory(lead_organisation=teeslight[0], title="Steady at Fourteen", **same)
    find_due()
    return Pair.objects.get()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_overlap_is_seen_read_and_talked_about(visit, accessible, pair, riverbank, teeslight, scripts):
    page = visit(pair.low.get_absolute_url(), user=riverbank[1], scripts=scripts, width=390)
    if scripts:
        page.get_by_role("heading", name="Close to this").scroll_into_view_if_needed()
    else:
        page.get_by_role("link", name="Who does the same, the next step or what goes with it").click()
    expect(page.get_by_text("Both give mentoring to 13 to 14-year-olds")).to_be_visible()
    page.get_by_role("link", name="Compare the two").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Steady at Fourteen")
    expect(page.get_by_text("Both are above all for: eligible for free school meals.").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if scripts:
        accessible(page)

    expect(page.get_by_text("Shall we talk?")).to_be_visible()  # what will be posted is read before
    page.get_by_role("button", name="Start the discussion").click()
    expect(page.get_by_text("Both give mentoring to 13 to 14-year-olds")).to_be_visible()
    other = visit(Thread.objects.get().get_absolute_url(), user=teeslight[1], scripts=scripts)
    expect(other.get_by_text("Shall we talk?")).to_be_visible()

    page.goto(pair.get_absolute_url())
    expect(page.get_by_role("link", name="Go to the discussion")).to_be_visible()
    page.get_by_label("They overlap").check()
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("You said:")).to_be_visible()
    page.get_by_role("link", name="Propose a partnership", exact=True).click()
    expect(page.get_by_text("Teeslight Mentoring").first).to_be_visible()
    expect(page.get_by_label("Where?")).to_have_value("Middlesbrough")


def test_a_coordinator_introduces_two_organisations(visit, accessible, pair, teeslight):
    coordinator = CoordinatorFactory(place=Place.objects.get(code=MIDDLESBROUGH))
    MembershipFactory(user=coordinator, organisation__name="Tees Forum")
    page = visit("/account/", user=coordinator)
    page.goto("/overlaps/board/?place=middlesbrough")
    accessible(page)
    page.get_by_label("What they are to each other").select_option("overlap")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("1 pair")
    page.get_by_role("link", name="Nines on Track").click()
    page.get_by_role("button", name="Start the discussion").click()
    expect(page.get_by_text("Shall the two of you talk?")).to_be_visible()
    other = visit(Thread.objects.get().get_absolute_url(), user=teeslight[1])
    expect(other.get_by_text("Shall the two of you talk?")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_pairs_have_no_finding_of_axe(visit, accessible, pair, teeslight, scheme):
    page = visit(pair.get_absolute_url(), user=teeslight[1], scheme=scheme)
    accessible(page)
    for path in (
        f"/overlaps/of/{pair.low.slug}/",
        f"/overlaps/organisation/{teeslight[0].slug}/",
        "/overlaps/place/middlesbrough/",
        "/overlaps/weights/",
    ):
        page.goto(path)
        accessible(page)
