"""A visitor at the foot of a page, a moderator at the queue, an administrator who names people."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from accounts.models import User
from reports.models import PageReport
from tests.factories.accounts import AdministratorFactory, ModeratorFactory, SafeguardingContactFactory
from tests.factories.initiatives import InitiativeFactory


def test_what_a_visitor_reports_is_withdrawn_by_a_moderator(visit, accessible):
    def looked_at(page: Page) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            accessible(page)

    initiative = InitiativeFactory(title="Steps to Secondary")
    person = SafeguardingContactFactory(name="Esther Lomax")
    page = visit(initiative.get_absolute_url(), width=390)
    page.get_by_role("link", name="Report something on this page").click()
    expect(page.locator("main")).to_contain_text("call 999")
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what is wrong with it.")
    looked_at(page)
    page.get_by_label("It is out of date").check()
    page.get_by_label("What should the moderator know?").fill("It ended in July.")
    page.get_by_label("Your e-mail address").fill("ann@people.example")
    page.get_by_role("button", name="Report it").click()
    expect(page.locator("main")).to_contain_text("A moderator will look at it")
    desk = visit("/reports/", user=ModeratorFactory(name="Mo"), width=390)
    looked_at(desk)
    desk.get_by_role("link", name="Steps to Secondary").click()
    expect(desk.locator("main")).to_contain_text("It ended in July.")
    looked_at(desk)
    desk.get_by_label("Withdraw it from the public").check()
    desk.get_by_label("In your words").fill("It is over.")
    desk.get_by_role("button", name="Decide").click()
    expect(desk.locator("main")).to_contain_text("Nothing waits")
    assert PageReport.objects.get().outcome == "removed"
    initiative.refresh_from_db()
    assert not initiative.live
    rooms = visit("/reports/contacts/", user=AdministratorFactory(), width=390)
    looked_at(rooms)
    rooms.get_by_role("button", name=re.compile("No longer.*Esther Lomax")).click()
    expect(rooms.locator("main")).to_contain_text("Nobody is named yet")
    assert not User.objects.get(pk=person.pk).groups.exists()
