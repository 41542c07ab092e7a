"""A moderator reads what waits and answers; its editors read the answer; everybody reads the cleared version."""

from __future__ import annotations

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from initiatives.domain.drafting import save_draft
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative
from organisations.models import Role
from tests.factories.accounts import ModeratorFactory
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory


@pytest.fixture
def moderator(site):
    return ModeratorFactory()


@pytest.fixture
def editor(site):
    return MembershipFactory(organisation__name="Riverside Trust", role=Role.EDITOR, user__name="Ada Reed").user


def change_summary(initiative: Initiative, user, text: str) -> None:
    def apply(draft: Initiative) -> None:
        draft.summary = text

    save_draft(initiative, user=user, apply=apply, seen_revision=None)


def waiting_change(editor) -> Initiative:
    """A public initiative with a change of its summary that waits."""
    organisation = editor.memberships.get().organisation
    initiative = InitiativeFactory(title="Ready for Year 7", summary="Mentors meet.", lead_organisation=organisation)
    change_summary(initiative, editor, "Mentors meet every Tuesday.")
    submit_initiative(initiative, user=editor)
    return initiative


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_moderator_sees_only_what_changed_and_clears_it_and_the_public_page_says_so(
    visit, moderator, editor, scripts
):
    initiative = waiting_change(editor)
    visitor = visit(initiative.get_absolute_url())
    expect(visitor.get_by_role("main")).to_contain_text("Mentors meet.")
    page = visit("/moderation/", user=moderator, scripts=scripts)
    row = page.get_by_role("row", name="Ready for Year 7")
    expect(row).to_contain_text("Change")
    expect(row).to_contain_text("Ada Reed")
    row.get_by_role("link", name="Ready for Year 7").click()
    heading(page, "Ready for Year 7")
    changes = page.get_by_role("region", name="What changes")
    expect(changes).to_contain_text("Mentors meet every Tuesday.")
    expect(changes.locator("del")).to_have_count(1)
    expect(changes).not_to_contain_text("Schools refer pupils.")
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Send this answer").click()
    heading(page, "Waiting for clearance")
    expect(page.get_by_role("status")).to_contain_text("“Ready for Year 7” is public now.")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    visitor = visit(initiative.get_absolute_url() + "?after")
    expect(visitor.get_by_role("main")).to_contain_text("Mentors meet every Tuesday.")
    assert mail.outbox[-1].to == [editor.email]


def test_what_a_moderator_sends_back_comes_with_a_reason_that_its_editor_reads(visit, moderator, editor):
    draft = draft_of(editor, editor.memberships.get().organisation)
    submit_initiative(draft, user=editor)
    page = visit(f"/moderation/{draft.pk}/", user=moderator)
    page.get_by_role("radio", name="Send back").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why, so that they can mend it.")
    expect(page.get_by_role("radio", name="Send back")).to_be_checked()
    page.get_by_label("Reason or note").fill("Which school year is it for?")
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("status")).to_contain_text("went back with your reason")
    page = visit("/your-work/", user=editor)
    row = page.get_by_role("row", name="Steps to Secondary")
    expect(row).to_contain_text("Which school year is it for?")
    row.get_by_role("link", name="Look and submit").click()
    expect(page.get_by_role("heading", name="What the moderator asks")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Which school year is it for?")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("row", name="Steps to Secondary")).to_contain_text("Waiting for clearance")


def test_a_moderator_who_reads_while_it_is_changed_is_told_and_looks_again(visit, moderator, editor):
    initiative = waiting_change(editor)
    page = visit(f"/moderation/{initiative.pk}/", user=moderator)
    change_summary(initiative, editor, "Mentors meet every Friday.")
    page.get_by_role("radio", name="Approve").check()
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("region", name="What changes")).to_contain_text("Mentors meet every Friday.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_second_of_two_editors_sees_both_versions_and_chooses(visit, editor, scripts):
    draft = draft_of(editor, editor.memberships.get().organisation)
    colleague = MembershipFactory(organisation=editor.memberships.get().organisation, user__name="Ben Moss").user
    mine = visit(f"/register/{draft.pk}/what/", user=editor, scripts=scripts)
    theirs = visit(f"/register/{draft.pk}/what/", user=colleague, scripts=scripts)
    theirs.get_by_label("In one or two sentences, what is it?").fill("What Ben wrote.")
    theirs.get_by_role("button", name="Save and go on").last.click()
    heading(theirs, "For whom")
    mine.get_by_label("In one or two sentences, what is it?").fill("What Ada wrote.")
    mine.get_by_role("button", name="Save and go on").last.click()
    heading(mine, "Two versions: which one counts?")
    expect(mine.get_by_role("main")).to_contain_text("What Ben wrote.")
    expect(mine.get_by_role("main")).to_contain_text("What Ada wrote.")
    expect(mine.get_by_role("link", name="Keep the version of Ben Moss")).to_be_visible()
    mine.get_by_role("button", name="Save mine over it").click()
    heading(mine, "For whom")
    theirs.goto(f"/register/{draft.pk}/what/")
    expect(theirs.get_by_label("In one or two sentences, what is it?")).to_have_value("What Ada wrote.")
