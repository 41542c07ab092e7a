"""From a first title to a public page: drafting, submitting, clearing, changing, pausing, ending."""

from __future__ import annotations

import pytest
from django.core import mail
from wagtail.models import ModelLogEntry

from initiatives.domain.drafting import save_draft, start_draft
from initiatives.domain.errors import (
    ChangedMeanwhile,
    EditConflict,
    Incomplete,
    InitiativeError,
    NotAllowed,
    NotWaiting,
)
from initiatives.domain.moderating import approve_initiative, reject_initiative, return_initiative
from initiatives.domain.running import confirm_running, end_initiative, pause_initiative, reopen_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative, ReachedPlace, Status
from initiatives.queries.counting import counts_for
from initiatives.queries.states import queue, review_of, standing_of, work_to_do
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return MembershipFactory().user


@pytest.fixture
def organisation(editor):
    return editor.memberships.get().organisation


@pytest.fixture
def moderator():
    return ModeratorFactory()


def approve(initiative, moderator):
    approve_initiative(initiative, moderator=moderator, seen_revision=review_of(initiative).revision_id)
    return Initiative.objects.get(pk=initiative.pk)


def change_summary(initiative, user, text="A better summary.", seen=None):
    def apply(draft):
        draft.summary = text

    return save_draft(initiative, user=user, apply=apply, seen_revision=seen)


def test_a_cleared_initiative_is_public_counted_and_its_organisation_with_it(
    editor, organisation, moderator, django_capture_on_commit_callbacks
):
    draft = draft_of(editor, organisation)
    assert not draft.live
    assert counts_for(MIDDLESBROUGH).total() == 0
    with django_capture_on_commit_callbacks(execute=True):
        submit_initiative(draft, user=editor)
    assert [one.title for one in queue()] == ["Steps to Secondary"]
    assert [message.to for message in mail.outbox] == [[moderator.email]]
    with django_capture_on_commit_callbacks(execute=True):
        cleared = approve(draft, moderator)
    assert cleared.live
    assert cleared.confirmed_at is not None
    assert counts_for(MIDDLESBROUGH).total() == 1
    organisation.refresh_from_db()
    assert organisation.is_public
    assert mail.outbox[-1].to == [editor.email]
    assert "public now" in mail.outbox[-1].body
    assert queue() == []


def test_a_draft_with_gaps_is_told_which_page_lacks_what(editor, organisation):
    draft = start_draft(user=editor, organisation=organisation, title="Steps")
    with pytest.raises(Incomplete) as refused:
        submit_initiative(draft, user=editor)
    assert set(refused.value.missing) == {"what", "whom", "where", "when"}


def test_the_cleared_version_stays_public_while_an_edit_waits(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    cleared = approve(draft, moderator)
    change_summary(cleared, editor)
    submit_initiative(cleared, user=editor)
    public = Initiative.objects.get(pk=cleared.pk)
    assert public.live
    assert public.summary == "Mentors meet Year 6 pupils every week."
    assert [change.after for change in review_of(public).changes] == ["A better summary."]
    assert approve(public, moderator).summary == "A better summary."


def test_what_is_returned_keeps_every_word_and_says_why(
    editor, organisation, moderator, django_capture_on_commit_callbacks
):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        return_initiative(
            draft, moderator=moderator, seen_revision=review_of(draft).revision_id, reason="Which school year?"
        )
    assert "Which school year?" in mail.outbox[-1].body
    standing = standing_of(draft)
    assert (standing.state, standing.reason) == ("returned", "Which school year?")
    change_summary(draft, editor, "Mentors meet Year 6.")
    submit_initiative(draft, user=editor)
    assert approve(draft, moderator).summary == "Mentors meet Year 6."


def test_returning_and_rejecting_need_a_reason(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    seen = review_of(draft).revision_id
    for verb in (return_initiative, reject_initiative):
        with pytest.raises(InitiativeError):
            verb(draft, moderator=moderator, seen_revision=seen, reason="  ")
    assert standing_of(draft).state == "waiting"


def test_a_rejected_newcomer_stays_unseen_and_may_be_mended(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    reject_initiative(draft, moderator=moderator, seen_revision=review_of(draft).revision_id, reason="An advert.")
    assert standing_of(draft).state == "rejected"
    change_summary(draft, editor)
    submit_initiative(draft, user=editor)
    assert approve(draft, moderator).status == Status.RUNNING


def test_a_rejected_change_gives_way_to_the_cleared_version_and_stays_in_the_history(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    cleared = approve(draft, moderator)
    change_summary(cleared, editor, "Buy now!")
    submit_initiative(cleared, user=editor)
    reject_initiative(cleared, moderator=moderator, seen_revision=review_of(cleared).revision_id, reason="An advert.")
    public = Initiative.objects.get(pk=cleared.pk)
    assert public.live
    assert not public.has_unpublished_changes
    assert public.get_latest_revision_as_object().summary == "Mentors meet Year 6 pupils every week."
    assert any(revision.as_object().summary == "Buy now!" for revision in public.revisions.all())


def test_a_moderator_cannot_clear_what_changed_while_they_read(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    seen = review_of(draft).revision_id
    change_summary(draft, editor)
    with pytest.raises(ChangedMeanwhile):
        approve_initiative(draft, moderator=moderator, seen_revision=seen)
    assert approve(draft, moderator).summary == "A better summary."


def test_the_second_of_two_moderators_is_told_that_it_was_answered(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    seen = review_of(draft).revision_id
    approve_initiative(draft, moderator=moderator, seen_revision=seen)
    with pytest.raises(NotWaiting):
        approve_initiative(draft, moderator=ModeratorFactory(), seen_revision=seen)


def test_submitting_twice_waits_once(editor, organisation):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    submit_initiative(draft, user=editor)
    assert len(queue()) == 1


def test_a_cleared_version_without_a_change_has_nothing_to_submit(editor, organisation, moderator):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    cleared = approve(draft, moderator)
    with pytest.raises(InitiativeError, match="Nothing has changed"):
        submit_initiative(cleared, user=editor)


def test_the_second_of_two_editors_is_shown_both_versions(editor, organisation):
    draft = draft_of(editor, organisation)
    colleague = MembershipFactory(organisation=organisation).user
    seen = draft.latest_revision_id
    change_summary(draft, colleague, "Theirs.", seen=seen)
    with pytest.raises(EditConflict) as conflict:
        change_summary(draft, editor, "Mine.", seen=seen)
    assert conflict.value.theirs.summary == "Theirs."
    change_summary(draft, editor, "Mine.")
    assert Initiative.objects.get(pk=draft.pk).get_latest_revision_as_object().summary == "Mine."


def test_a_stranger_may_neither_begin_nor_change_nor_submit(editor, organisation):
    stranger = UserFactory()
    draft = draft_of(editor, organisation)
    with pytest.raises(NotAllowed):
        start_draft(user=stranger, organisation=organisation, title="Mine")
    with pytest.raises(NotAllowed):
        change_summary(draft, stranger)
    with pytest.raises(NotAllowed):
        submit_initiative(draft, user=stranger)


def test_only_a_moderator_clears(editor, organisation):
    draft = draft_of(editor, organisation)
    submit_initiative(draft, user=editor)
    with pytest.raises(NotAllowed):
        approve_initiative(draft, moderator=editor, seen_revision=review_of(draft).revision_id)


def test_pausing_ending_and_reopening_need_no_clearance_and_are_logged():
    initiative = InitiativeFactory()
    owner = MembershipFactory(organisation=initiative.lead_organisation).user
    pause_initiative(initiative, user=owner)
    assert ReachedPlace.objects.filter(initiative=initiative).exists()
    end_initiative(initiative, user=owner)
    end_initiative(initiative, user=owner)
    assert not ReachedPlace.objects.filter(initiative=initiative).exists()
    with pytest.raises(InitiativeError):
        pause_initiative(initiative, user=owner)
    reopen_initiative(initiative, user=owner)
    confirm_running(initiative, user=owner)
    logged = ModelLogEntry.objects.filter(object_id=str(initiative.pk)).order_by("pk").values_list("action", flat=True)
    assert [name for name in logged if name.startswith("initiatives.")] == [
        "initiatives.pause",
        "initiatives.end",
        "initiatives.reopen",
        "initiatives.confirm",
    ]


def test_an_edit_cleared_after_a_pause_does_not_undo_the_pause(moderator):
    initiative = InitiativeFactory()
    owner = MembershipFactory(organisation=initiative.lead_organisation).user
    change_summary(initiative, owner)
    submit_initiative(initiative, user=owner)
    pause_initiative(initiative, user=owner)
    assert approve(initiative, moderator).status == Status.PAUSED


def test_ones_own_work_takes_a_fixed_number_of_queries(editor, organisation, django_assert_max_num_queries):
    draft_of(editor, organisation)
    with django_assert_max_num_queries(4):
        assert len(work_to_do(editor)) == 1
    for number in range(29):
        InitiativeFactory(lead_organisation=organisation, title=f"Another {number}")
    with django_assert_max_num_queries(4):
        assert len(work_to_do(editor)) == 30


@pytest.mark.django_db(transaction=True)
def test_two_drafts_of_one_title_begun_at_once_have_an_address_each():
    people = [MembershipFactory() for _person in range(2)]
    at_once(
        *(
            lambda one=one: start_draft(user=one.user, organisation=one.organisation, title="Steps to Secondary")
            for one in people
        )
    )
    assert Initiative.objects.filter(title="Steps to Secondary").values("slug").distinct().count() == 2


def test_a_draft_called_like_a_page_of_ours_gets_another_address(editor, organisation):
    assert start_draft(user=editor, organisation=organisation, title="Register").slug.startswith("register-")
