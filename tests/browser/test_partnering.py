"""Two organisations agree, change what they agreed, and end it; a third person, without scripts, does the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from partnerships.domain.amending import amend
from partnerships.domain.terms import terms_of
from partnerships.models import Partnership, State
from places.models import Place
from tests.factories.accounts import CoordinatorFactory
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory
from tests.factories.partnerships import again, days, in_force, party, terms


@pytest.fixture
def riverbank(site):
    return party("Riverbank Youth Trust")


@pytest.fixture
def teeslight(site):
    return party("Teeslight Mentoring")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("scripts", [True, False])
def test_propose_agree_from_the_other_side_amend_and_end(visit, accessible, riverbank, teeslight, scripts):
    InitiativeFactory(lead_organisation=teeslight[0], title="Steady at Fourteen")
    page = visit("/partnerships/new/", user=riverbank[1], scripts=scripts)
    page.get_by_label("What is it called?").fill("One door for Year 7")
    page.get_by_label("What is it for?").fill("Mentors meet forty Year 7s every Tuesday.")
    page.get_by_label("Where?").fill("Middlesbrough")
    page.get_by_label("Add a party").fill("teeslight")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("Teeslight Mentoring")).to_be_in_viewport()  # not at the top of the page again
    page.get_by_label("Teeslight Mentoring").check()
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_label("What is it called?")).to_have_value("One door for Year 7")
    page.get_by_label("First day").fill(days(1).isoformat())
    page.get_by_label("Last day").fill(days(200).isoformat())
    page.get_by_label("Steady at Fourteen").check()
    if scripts:
        accessible(page)
    page.get_by_role("button", name="Send the proposal").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One door for Year 7")
    expect(page.get_by_text("Still to answer: Teeslight Mentoring")).to_be_visible()

    address = Partnership.objects.get().get_absolute_url()
    other = visit(address, user=teeslight[1], scripts=scripts, width=390)
    assert fits(other)
    other.get_by_role("button", name="Agree for Teeslight Mentoring").click()
    expect(other.get_by_text(f"All have agreed. It begins on {days(1):%-d %B %Y}.")).to_be_visible()
    if scripts:
        accessible(other)

    other.get_by_text("What you can do").click()
    other.get_by_role("link", name="Amend", exact=True).click()
    other.get_by_label("What is it for?").fill("Mentors meet fifty Year 7s every Tuesday.")
    other.get_by_label("What do you change, and why?").fill("Ten more want to come.")
    if scripts:
        accessible(other)
    other.get_by_role("button", name="Send the new version").last.click()
    expect(other.get_by_role("heading", name="Amendment: version 2 waits")).to_be_visible()

    page.goto(address)
    expect(page.locator("[aria-labelledby=pending-heading] .difference ins")).to_contain_text("fifty")
    expect(page.locator("[aria-labelledby=pending-heading] .difference del")).to_contain_text("forty")
    if scripts:
        accessible(page)
    page.get_by_role("button", name="Agree for Riverbank Youth Trust").click()
    expect(page.locator(".prose").first).to_contain_text("fifty")

    page.get_by_text("What you can do").click()
    page.get_by_text("Close it for all").click()
    page.get_by_label("What came of it?").fill("Thirty-one of fifty came until June.")
    page.get_by_role("button", name="Close it …", exact=True).click()
    page.get_by_role("button", name="Yes, close it for all").click()
    expect(page.get_by_text("Thirty-one of fifty came until June.")).to_be_visible()
    assert again(Partnership.objects.get()).state == State.ENDED
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Version 2: Amendment")).to_be_visible()
    if scripts:
        accessible(page)


def test_what_another_changed_meanwhile_is_said_and_nothing_typed_is_lost(visit, riverbank, teeslight):
    partnership = in_force(riverbank, teeslight)
    page = visit(f"{partnership.get_absolute_url()}amend/", user=riverbank[1])
    theirs = replace(terms_of(partnership.stands), title="Their title")
    amend(partnership, theirs, seen=1, user=teeslight[1], organisation=teeslight[0])
    page.get_by_label("What is it called?").fill("Our title")
    page.get_by_role("button", name="Send the new version").last.click()
    expect(page.locator(".error-summary")).to_contain_text("Version 2 was sent meanwhile")
    expect(page.get_by_label("What is it called?")).to_have_value("Our title")
    page.get_by_role("button", name="Send the new version").last.click()
    expect(page.get_by_role("heading", name="Amendment: version 3 waits")).to_be_visible()


def test_actions_and_the_summary_by_hand_and_what_a_coordinator_sees(visit, accessible, riverbank, teeslight):
    partnership = in_force(riverbank, teeslight)
    page = visit(partnership.get_absolute_url(), user=riverbank[1], width=390)
    assert page.evaluate("document.documentElement.scrollHeight") < 3_500
    page.get_by_role("heading", name="Actions", exact=True).click()
    page.get_by_text("Add an action").click()
    page.get_by_label("What will be done?").fill("Paint the room")
    page.get_by_label("By whom?").select_option(label="Teeslight Mentoring")
    page.get_by_label("By when?").fill(days(5).isoformat())
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="Change Paint the room").click()
    page.get_by_label("What will be done?").fill("Paint the hall")
    assert fits(page)
    accessible(page)
    page.get_by_role("button", name="Keep the change").click()
    page.get_by_role("button", name="Done Paint the hall").click()
    expect(page.get_by_role("button", name="Open again Paint the hall")).to_be_visible()
    assert fits(page)
    page.get_by_text("What you can do").click()
    page.get_by_role("button", name="Show a summary").click()
    expect(page.get_by_role("button", name="Take the summary back")).to_be_visible()
    other = visit(partnership.get_absolute_url(), user=teeslight[1])
    other.get_by_text("What you can do").click()
    other.get_by_role("button", name="Show a summary").click()
    visitor = visit(partnership.get_absolute_url(), width=390)
    expect(visitor.get_by_role("heading", level=1)).to_have_text("One door for Year 7")
    expect(visitor.get_by_text("Paint the hall")).to_have_count(0)
    assert fits(visitor)
    accessible(visitor)
    coordinator = visit(
        "/partnerships/?which=places", user=CoordinatorFactory(place=Place.objects.get(pk=MIDDLESBROUGH))
    )
    accessible(coordinator)
    coordinator.get_by_role("link", name="One door for Year 7").click()
    expect(coordinator.get_by_text("Paint the hall")).to_be_visible()
    expect(coordinator.locator("#talk-heading")).to_have_count(0)
    accessible(coordinator)


def test_who_is_asked_to_join_reads_it_and_says_why_not(visit, accessible, riverbank, teeslight):
    partnership = in_force(riverbank, teeslight)
    harbour = party("Harbour Trust")
    more = replace(terms_of(partnership.stands), parties=terms(riverbank[0], teeslight[0], harbour[0]).parties)
    amend(partnership, more, seen=1, user=riverbank[1], organisation=riverbank[0])
    page = visit(partnership.get_absolute_url(), user=harbour[1], width=390)
    expect(page.get_by_role("button", name="Agree for Harbour Trust")).to_be_visible()
    assert fits(page)
    accessible(page)
    page.locator("summary", has_text="Do not join").click()
    page.get_by_label("Why not?").fill("Our board said no.")
    page.get_by_role("button", name="Do not join").click()
    expect(page.get_by_text("You do not join, and the others know why.")).to_be_visible()
    other = visit(partnership.get_absolute_url(), user=teeslight[1], width=390)
    expect(other.get_by_text("Our board said no.")).to_be_visible()
    accessible(other)


def test_the_calendar_page(visit, accessible, riverbank):
    page = visit("/partnerships/calendar/", user=riverbank[1], width=390)
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("Subscribe to this address")).to_be_visible()
    assert fits(page)
    accessible(page)
