"""Two entries made one: everything follows, the old address leads on, and for thirty days it can be undone."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from discussions.about import of_organisation
from discussions.models import Thread
from initiatives.domain.moderating import approve_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative, Partner
from notifications.models import Message
from organisations.domain.carrying import references
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.domain.inviting import accept_invitation, invite_member, token_for
from organisations.domain.joining import ask_to_join
from organisations.domain.merging import merge_organisations, undo_merge
from organisations.domain.proposing import propose_duplicates
from organisations.models import (
    Claim,
    DuplicateProposal,
    Identifier,
    JoinRequest,
    Membership,
    Merge,
    Organisation,
    Role,
)
from organisations.queries import open_claims
from organisations.registers.queries import entries_of
from partnerships.models import Party
from tests.factories.accounts import ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import post_in, thread_by
from tests.factories.initiatives import InitiativeFactory, draft_of
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.partnerships import proposed
from tests.factories.registers import CHARITIES, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator():
    return ModeratorFactory()


@pytest.fixture
def kept():
    return OrganisationFactory(name="Bridge Trust", is_public=True)


@pytest.fixture
def gone():
    return OrganisationFactory(name="The Bridge Trust", website="https://bridge.example", is_public=True)


def standing():
    """What names which organisation, as the database has it."""
    return {
        (model._meta.label, row, column): value
        for model, column in references()
        for row, value in model._base_manager.exclude(**{column: None}).values_list("pk", column)
    }


def filled(gone):
    """Something of every sort that belongs to an organisation, and the person who owns it."""
    owner = MembershipFactory(organisation=gone, role=Role.OWNER).user
    ask_to_join(gone, user=UserFactory(), message="")
    Claim.objects.create(organisation=gone, user=UserFactory(), message="It is ours")
    Identifier.objects.create(organisation=gone, scheme="GB-CHC", value="1089464")
    InitiativeFactory(lead_organisation=gone, title="It runs")
    Partner.objects.create(initiative=InitiativeFactory(), organisation=gone)
    thread = thread_by(owner, title="When do we meet?", subject=of_organisation(gone))
    post_in(thread, owner)
    other = MembershipFactory(organisation=OrganisationFactory(is_public=True), role=Role.OWNER)
    proposed((gone, owner), (other.organisation, other.user))
    return owner, thread


def test_everything_follows_and_comes_back(moderator, kept, gone, tmp_path):
    owner, thread = filled(gone)
    read(tmp_path, (CHARITIES[0], "GB-CHC-1089464,Bridge Trust,,"), "charities")
    before = standing()
    assert {label for (label, _row, _column), value in before.items() if value == gone.pk} >= {
        *("organisations.Membership", "organisations.JoinRequest", "organisations.Identifier"),
        "organisations.Claim",
        *("initiatives.Initiative", "initiatives.Partner", "discussions.Post", "partnerships.Party"),
    }
    merge = merge_organisations(kept, gone, user=moderator)
    after = standing()
    assert gone.pk not in after.values()
    (entry,) = entries_of(kept.identifiers.all())  # what registers say goes with the number
    assert (entry.number, next(iter(open_claims())).organisation) == ("1089464", kept)
    assert after.keys() == before.keys()
    thread.refresh_from_db()
    assert thread.subject_key == str(kept.pk)
    kept.refresh_from_db()
    assert kept.website == "https://bridge.example"
    assert not Organisation.objects.get(pk=gone.pk).is_public
    undo_merge(merge, user=moderator)
    undo_merge(merge, user=moderator)
    assert standing() == before and not entries_of(kept.identifiers.all())
    thread.refresh_from_db()
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (thread.subject_key, kept.website, gone.is_public) == (str(gone.pk), "", True)
    logged = ModelLogEntry.objects.filter(object_id=str(kept.pk), action__startswith="organisations.")
    assert set(logged.values_list("action", flat=True)) == {"organisations.merged", "organisations.unmerged"}
    assert DuplicateProposal.objects.get().state == "apart"  # who undoes it says that they are two
    assert owner.memberships.get().organisation == gone


def test_who_belongs_to_both_belongs_once_in_the_higher_role(moderator, kept, gone):
    person = MembershipFactory(organisation=kept, role=Role.MEMBER).user
    MembershipFactory(organisation=gone, user=person, role=Role.OWNER)
    lower = MembershipFactory(organisation=kept, role=Role.OWNER).user
    MembershipFactory(organisation=gone, user=lower, role=Role.EDITOR)
    merge = merge_organisations(kept, gone, user=moderator)
    assert [(m.organisation, m.role) for m in person.memberships.all()] == [(kept, "owner")]
    assert [(m.organisation, m.role) for m in lower.memberships.all()] == [(kept, "owner")]
    undo_merge(merge, user=moderator)
    assert {(m.organisation, m.role) for m in person.memberships.all()} == {(kept, "member"), (gone, "owner")}
    assert {(m.organisation, m.role) for m in lower.memberships.all()} == {(kept, "owner"), (gone, "editor")}


def test_a_draft_and_a_waiting_change_follow_too(moderator, kept, gone):
    editor = MembershipFactory(organisation=gone, role=Role.EDITOR).user
    draft = draft_of(editor, gone, title="It waits")
    submit_initiative(draft, user=editor)
    merge_organisations(kept, gone, user=moderator)
    draft = Initiative.objects.get(pk=draft.pk)
    approve_initiative(draft, moderator=moderator, seen_revision=draft.latest_revision_id)
    assert Initiative.objects.get(pk=draft.pk).lead_organisation == kept


def test_what_stands_in_the_way_stays_and_an_invitation_sent_before_still_opens(moderator, kept, gone):
    asking = UserFactory()
    for organisation in (kept, gone):
        ask_to_join(organisation, user=asking, message="")
    owner = MembershipFactory(organisation=gone, role=Role.OWNER).user
    invitation = invite_member(gone, user=owner, email="new@person.example")
    merge_organisations(kept, gone, user=moderator)
    assert JoinRequest.objects.filter(organisation=kept, user=asking).count() == 1
    accept_invitation(token_for(invitation), user=UserFactory(email="new@person.example"))
    assert Membership.objects.filter(organisation=kept).count() == 2


def test_what_cannot_be_merged_is_said_in_a_sentence(moderator, kept, gone):
    third = OrganisationFactory(name="Harbour Club")
    with pytest.raises(NotAllowed):
        merge_organisations(kept, gone, user=UserFactory())
    with pytest.raises(OrganisationError, match="with itself"):
        merge_organisations(kept, kept, user=moderator)
    first = merge_organisations(kept, gone, user=moderator)
    for pair in ((gone, third), (third, gone), (kept, gone)):
        with pytest.raises(OrganisationError, match="merged into “Bridge Trust” already"):
            merge_organisations(*pair, user=moderator)
    second = merge_organisations(third, kept, user=moderator)
    with pytest.raises(OrganisationError, match="Undo that first"):
        undo_merge(first, user=moderator)
    undo_merge(second, user=moderator)
    with pytest.raises(NotAllowed):
        undo_merge(first, user=UserFactory())
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=31)),
        pytest.raises(OrganisationError, match="older"),
    ):
        undo_merge(first, user=moderator)
    undo_merge(first, user=moderator)
    assert merge_organisations(gone, kept, user=moderator).kept == gone


def test_two_parties_of_one_partnership_are_not_merged(moderator):
    parties = [MembershipFactory(organisation=OrganisationFactory(is_public=True), role=Role.OWNER) for _ in range(2)]
    proposed(*((one.organisation, one.user) for one in parties))
    with pytest.raises(OrganisationError, match="Both are parties"):
        merge_organisations(parties[0].organisation, parties[1].organisation, user=moderator)
    assert not Merge.objects.exists()
    assert set(Party.objects.values_list("organisation", flat=True)) == {one.organisation_id for one in parties}


def test_the_editors_and_owners_of_both_are_told(moderator, kept, gone):
    people = [MembershipFactory(organisation=one, role=Role.OWNER).user for one in (kept, gone)]
    MembershipFactory(organisation=gone, role=Role.MEMBER)
    merge = merge_organisations(kept, gone, user=moderator)
    assert sorted(Message.objects.values_list("address", "subject")) == sorted(
        (one.email, "The Bridge Trust is now part of Bridge Trust") for one in people
    )
    undo_merge(merge, user=moderator)
    assert Message.objects.filter(subject="The Bridge Trust stands by itself again").count() == 2


def test_what_was_changed_since_stays_as_it_is(moderator, kept, gone):
    initiative = InitiativeFactory(lead_organisation=gone)
    merge = merge_organisations(kept, gone, user=moderator)
    third = OrganisationFactory()
    Initiative.objects.filter(pk=initiative.pk).update(lead_organisation=third)
    undo_merge(merge, user=moderator)
    assert Initiative.objects.get(pk=initiative.pk).lead_organisation == third


def test_a_moderator_merges_from_the_page_and_undoes_it(client, moderator, kept, gone):
    for one in (kept, gone):
        Organisation.objects.filter(pk=one.pk).update(postcode="TS1 1AB")
    InitiativeFactory(lead_organisation=gone, title="It runs")
    assert propose_duplicates() == 1
    row = DuplicateProposal.objects.get()
    sign_in(client, moderator)
    answer = reverse("organisation-duplicate-answer", args=[row.pk])
    keep = "first" if row.first == kept else "second"
    assert "You can undo this for thirty days" in client.post(answer, {"answer": keep}, follow=True).content.decode()
    assert "already" in client.post(answer, {"answer": keep}, follow=True).content.decode()
    assert "If they are two, undo the merge" in client.post(answer, {"answer": "apart"}, follow=True).content.decode()
    assert propose_duplicates() == 0
    client.logout()
    assert client.get(gone.get_absolute_url())["Location"] == kept.get_absolute_url()
    assert "It runs" in client.get(kept.get_absolute_url()).content.decode()
    assert gone.name not in client.get("/organisations/").content.decode()
    sign_in(client, moderator)
    merges = reverse("organisation-merges")
    assert "Choose one of the merges" in client.post(merges, {"merge": "x"}, follow=True).content.decode()
    done = client.post(merges, {"merge": Merge.objects.get().pk}, follow=True).content.decode()
    assert "stands by itself again" in done and "Nothing was merged" in done
    assert client.get(gone.get_absolute_url()).status_code == 200
    assert Thread.objects.count() == 0
