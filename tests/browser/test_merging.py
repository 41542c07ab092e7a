"""A moderator merges an organisation that was entered twice, and undoes it."""

from __future__ import annotations

from playwright.sync_api import expect

from organisations.domain.proposing import propose_duplicates
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import OrganisationFactory


def test_a_moderator_merges_two_entries_on_a_phone_and_undoes_it(visit, accessible):
    kept = OrganisationFactory(name="Bridge Trust", postcode="TS1 1AB", is_public=True)
    gone = OrganisationFactory(name="The Bridge Trust", postcode="TS1 1AB", is_public=True)
    InitiativeFactory(lead_organisation=gone, title="Ready for Year 7")
    propose_duplicates()
    page = visit("/moderation/", user=ModeratorFactory(), width=390)
    page.get_by_role("link", name="Organisations that may be entered twice").click()
    expect(page.get_by_role("article")).to_contain_text("The same name and postcode, TS1 1AB.")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    accessible(page)
    page.get_by_role("button", name="Merge, and keep “Bridge Trust”").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    visitor = visit(gone.get_absolute_url())
    expect(visitor.get_by_role("heading", level=1)).to_have_text(kept.name)
    expect(visitor.get_by_role("main")).to_contain_text("Ready for Year 7")
    page.get_by_role("link", name="What was merged").click()
    accessible(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Nothing was merged")).to_be_visible()
    visitor = visit(gone.get_absolute_url())  # a page of the kept one may be a minute old
    expect(visitor.get_by_role("heading", level=1)).to_have_text(gone.name)
