"""Imported initiatives are claimed by those who do them."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.models import User
from initiatives.domain.claiming import claim_initiative
from initiatives.domain.drafting import save_draft
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.moderating import reject_initiative
from initiatives.domain.submitting import submit_initiative
from initiatives.models import Initiative
from initiatives.queries.states import review_of
from notifications.models import Message
from organisations.domain.joining import answer_request, ask_to_join
from organisations.models import Membership
from organisations.queries import requests_to_nobody
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.importing import imported, table
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative(tmp_path: Path) -> Initiative:
    imported(table(tmp_path / "a.csv"))
    return Initiative.objects.get()


def test_an_editor_of_its_organisation_claims_it(initiative: Initiative) -> None:
    editor = MembershipFactory(organisation=initiative.lead_organisation).user
    claim_initiative(initiative, editor)
    claim_initiative(initiative, editor)
    initiative.refresh_from_db()
    assert initiative.claimed_at is not None
    assert not initiative.is_imported
    assert initiative.live_revision is not None
    assert initiative.live
    assert not initiative.has_unpublished_changes


def test_nobody_else_claims_it(initiative: Initiative) -> None:
    for user in (UserFactory(), MembershipFactory(organisation=initiative.lead_organisation, role="member").user):
        with pytest.raises(NotAllowed):
            claim_initiative(initiative, user)


def test_what_was_registered_here_cannot_be_claimed() -> None:
    initiative = InitiativeFactory()
    with pytest.raises(InitiativeError):
        claim_initiative(initiative, MembershipFactory(organisation=initiative.lead_organisation).user)


def test_the_first_to_join_an_organisation_that_nobody_runs_is_its_owner_and_may_claim(initiative: Initiative) -> None:
    moderator, asker = ModeratorFactory(), UserFactory()
    request = ask_to_join(initiative.lead_organisation, user=asker, message="We run it.")
    assert [message.address for message in Message.objects.all()] == [moderator.email]
    assert requests_to_nobody() == [request]
    answer_request(request, user=moderator, accept=True)
    assert Membership.objects.get(user=asker).role == "owner"
    claim_initiative(initiative, User.objects.get(pk=asker.pk))  # as at their next visit
    initiative.refresh_from_db()
    assert not initiative.is_imported


def test_a_change_to_an_imported_one_can_be_refused_and_leaves_it_as_it_was(initiative: Initiative) -> None:
    moderator = ModeratorFactory()
    editor = MembershipFactory(organisation=initiative.lead_organisation).user
    before = initiative.summary

    def advertise(draft: Initiative) -> None:
        draft.title, draft.summary, draft.support, draft.stages = "Buy", "Buy now", ("money",), ("primary",)
        draft.reach, draft.how_to_join, draft.contact_email = "uk", "Buy", "buy@now.example"

    save_draft(initiative, user=editor, apply=advertise, seen_revision=None)
    submit_initiative(initiative, user=editor)
    seen = review_of(Initiative.objects.get(pk=initiative.pk)).revision_id
    reject_initiative(initiative, moderator=moderator, seen_revision=seen, reason="An advert.")
    row = Initiative.objects.get(pk=initiative.pk)
    assert (row.summary, row.get_latest_revision_as_object().summary) == (before, before)
