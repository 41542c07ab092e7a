"""The link of an e-mail that asks whether an initiative still runs, in a browser that never signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from initiatives.domain.asking import answer_token
from initiatives.models import Asking
from organisations.models import Role
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory


def test_one_press_answers_with_scripts_and_without(visit, accessible: Callable[[Page], None]):
    owner = MembershipFactory(role=Role.OWNER, organisation__is_public=True)
    for scripts in (True, False):
        one = InitiativeFactory(lead_organisation=owner.organisation, title="Bridge Mentors")
        asking = Asking.objects.create(initiative=one, began_at=timezone.now(), last_at=timezone.now())
        page = visit(f"/still-running/{answer_token(asking, owner.user)}/", scripts=scripts, width=390)
        if scripts:
            accessible(page)
        page.get_by_role("button", name="Yes, it is still running").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("It is answered already")
