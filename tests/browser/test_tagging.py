"""A tag is picked while typing, another is ticked because the closest entries carry it."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import expect

from initiatives.models import Initiative
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from tests.factories.tags import tag

SUMMARY = "Young people build wooden boats with shipwrights and learn to sail them."


def test_a_tag_is_typed_and_picked_and_another_ticked_on_a_phone(visit, site, accessible):
    for number in range(3):
        InitiativeFactory(title=f"Boat yard {number}", summary=SUMMARY, tags=["boat building", "woodwork"])
    editor = MembershipFactory().user
    draft = draft_of(editor, editor.memberships.get().organisation, title="Sail away", summary="")
    page = visit(reverse("initiative-step", args=[draft.pk, "what"]), user=editor, width=390)
    box = page.get_by_label("Tags", exact=True)
    box.press_sequentially("rivers, woo")
    page.get_by_role("option", name="woodwork").click()
    expect(box).to_have_value("rivers, woodwork, ")
    page.get_by_label("In one or two sentences, what is it?").fill("Teenagers build a wooden boat and sail it.")
    page.get_by_role("checkbox", name="boat building").check()
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Save and go on").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("For whom")
    kept = Initiative.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert sorted(kept.tags.names()) == ["boat building", "rivers", "woodwork"]
    # A moderator makes two tags one, and sees before what it would change.
    page = visit(reverse("tag-change", args=[tag("woodwork").pk, "merge"]), user=ModeratorFactory(), width=390)
    page.get_by_label("Into which tag?").fill("boat building")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("3 carry both and keep one")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("“woodwork” is merged.")
    page.goto("/tags/woodwork/")
    expect(page.get_by_role("heading", level=1)).to_have_text("boat building")
    accessible(page)
