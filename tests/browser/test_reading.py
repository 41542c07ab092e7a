"""A visitor finds and reads."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories.initiatives import InitiativeFactory


def test_a_visitor_finds_an_initiative_from_the_home_page_by_what_and_where(visit):
    InitiativeFactory(title="Ready for Year 7")
    InitiativeFactory(title="In Cardiff", places=["W06000015"])
    page = visit("/")
    page.get_by_role("searchbox", name="What").fill("year")
    page.get_by_label("Where").fill("Middlesbrough")
    page.get_by_role("button", name="Find initiatives").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Initiatives in Middlesbrough")
    expect(page.get_by_role("link", name="Ready for Year 7")).to_be_visible()
    expect(page.get_by_role("link", name="In Cardiff")).to_have_count(0)

