"""A visitor at the foot of a page, a moderator at the queue."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import User
from reports.models import PageReport
from tests.factories.accounts import AdministratorFactory, ModeratorFactory, SafeguardingContactFactory
from tests.factories.initiatives import InitiativeFactory


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_visitor_reports_is_withdrawn_by_a_moderator(visit, accessible, scheme):
    initiative = InitiativeFactory(title="Steps to Secondary")
    page = visit(initiative.get_absolute_url(), width=390, scripts=scheme == "light", scheme=scheme)
    page.get_by_role("link", name="Report something on this page").click()
    expect(page.locator("main")).to_contain_text("call 999")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong with it.")
    if scheme == "light":
        accessible(page)
    page.get_by_label("It is out of date").check()
    page.get_by_label("What should the moderator know?").fill("It ended in July.")
    page.get_by_label("Your e-mail address").fill("ann@people.example")
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("main")).to_contain_text("A moderator will look at it")
    desk = visit("/reports/", user=ModeratorFactory(name="Mo"), scheme=scheme, width=390)
    accessible(desk)
    desk.get_by_role("link", name="Steps to Secondary").click()
    accessible(desk)
    expect(desk.locator("main")).to_contain_text("It ended in July.")
    desk.get_by_label("Withdraw it from the public").check()
    desk.get_by_label("In your words").fill("It is over.")
    desk.get_by_role("button", name="Decide").click()
    expect(desk.locator("main")).to_contain_text("Nothing waits")
    assert PageReport.objects.get().outcome == "removed"
    initiative.refresh_from_db()
    assert not initiative.live
    person = SafeguardingContactFactory(name="Esther Lomax")
    rooms = visit("/reports/contacts/", user=AdministratorFactory(), scheme=scheme, width=390)
    accessible(rooms)
    rooms.get_by_role("button", name="No longer: Esther Lomax").click()
    expect(rooms.locator("main")).to_contain_text("Nobody is named yet")
    assert not User.objects.get(pk=person.pk).groups.exists()
