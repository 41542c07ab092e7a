"""A school is picked from a public register by mouse, by keyboard and without scripts; a charity is claimed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from organisations.models import Identifier, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.registers import CHARITIES, read

NAME = "Ayresome Hill Primary School"


@pytest.fixture
def registers(site, tmp_path):
    read(tmp_path / "registers", source="Register of 2026")
    read(tmp_path / "registers", CHARITIES, "charities", source="Register of 2026")


def filled(page: Page) -> None:
    expect(page.get_by_label("Its name")).to_have_value(NAME)
    expect(page.get_by_label("Postcode")).to_have_value("TS1 4QL")
    expect(page.get_by_label("Number", exact=True).first).to_have_value("190001")
    expect(page.get_by_text("Register of schools, from Register of 2026, 1 Nov 2026")).to_be_visible()


@pytest.mark.parametrize("how", ["mouse", "keyboard", "no scripts"])
def test_a_school_is_typed_with_slips_picked_and_added(visit, registers, accessible, how):
    page = visit("/organisations/new/", user=UserFactory(), scripts=how != "no scripts", width=390)
    box = page.get_by_label("Name or number")
    if how == "no scripts":
        box.fill("ayersome hil")
        page.get_by_role("button", name="Look it up").click()
        page.get_by_role("link", name=NAME).click()
    else:
        page.get_by_label("About it").fill("A school on the hill.")
        box.press_sequentially("ayersome hil")
        option = page.get_by_role("option", name=f"{NAME} Middlesbrough")
        expect(option).to_be_visible()
        accessible(page)
        if how == "mouse":
            option.click()
        else:
            box.press("ArrowDown")
            expect(option).to_have_attribute("aria-selected", "true")
            box.press("Enter")
        expect(page.get_by_label("Its name")).to_be_focused()
        expect(page.get_by_label("About it")).to_have_value("A school on the hill.")
    filled(page)
    if how != "no scripts":
        accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if how != "no scripts" else True
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    assert [str(number) for number in Organisation.objects.get().identifiers.all()] == ["GB-EDU-190001"]


def test_what_somebody_typed_is_kept_and_the_registers_word_is_a_tick_away(visit, registers, accessible):
    owner = MembershipFactory(organisation=OrganisationFactory(name="Ayresome Hill"), role="owner")
    page = visit(f"{owner.organisation.get_absolute_url()}edit/", user=owner.user, width=390)
    page.get_by_label("Its name").fill("Ayresome Hill School")
    page.get_by_label("Name or number").press_sequentially("ayersome hil")
    page.get_by_role("option", name=f"{NAME} Middlesbrough").click()
    expect(page.get_by_label("Postcode")).to_have_value("TS1 4QL")
    expect(page.get_by_label("Number", exact=True).first).to_have_value("190001")
    expect(page.get_by_role("textbox", name="Its name")).to_have_value("Ayresome Hill School")
    accessible(page)
    tick = page.get_by_label(f"Its name: use “{NAME}”")
    tick.check()
    expect(page.get_by_role("textbox", name="Its name")).to_have_value(NAME)
    tick.uncheck()
    expect(page.get_by_role("textbox", name="Its name")).to_have_value("Ayresome Hill School")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ayresome Hill School")


def test_a_charity_is_claimed_by_an_address_at_its_website(visit, registers, accessible):
    organisation = OrganisationFactory(name="Tyneford Trust", source="A list", is_public=True)
    Identifier.objects.create(organisation=organisation, scheme="GB-CHC", value="1099901")
    page = visit(organisation.get_absolute_url(), user=UserFactory(email="ann@tyneford.org.uk"))
    page.get_by_role("link", name="Claim it").click()
    expect(page.get_by_text("you have shown that ann@tyneford.org.uk is yours")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Claim it").click()
    expect(page.get_by_text("Verified", exact=True)).to_be_visible()
    accessible(page)
    stranger = visit(organisation.get_absolute_url() + "claim/", user=UserFactory(), scripts=False)
    expect(stranger.get_by_text("It has people here already.")).to_be_visible()
