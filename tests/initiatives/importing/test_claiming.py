"""Imported initiatives are claimed by those who do them."""

from __future__ import annotations

from pathlib import Path

import pytest

from initiatives.domain.claiming import approve_claim, ask_to_claim, claim_initiative
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.models import Initiative
from notifications.models import Message
from organisations.models import Membership
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


def test_where_an_organisation_has_nobody_a_moderator_makes_who_asks_its_owner(initiative: Initiative) -> None:
    moderator, asker = ModeratorFactory(), UserFactory()
    request = ask_to_claim(initiative, asker, message="We run it.")
    assert ask_to_claim(initiative, asker) == request
    assert [message.address for message in Message.objects.filter(kind="moderation")] == [moderator.email]
    with pytest.raises(NotAllowed):
        approve_claim(request, initiative, moderator=asker)
    approve_claim(request, initiative, moderator=moderator)
    initiative.refresh_from_db()
    assert initiative.claimed_at is not None
    assert Membership.objects.get(user=asker).role == "owner"
    with pytest.raises(InitiativeError):
        approve_claim(request, initiative, moderator=moderator)


def test_where_it_has_people_they_decide_who_joins(initiative: Initiative) -> None:
    MembershipFactory(organisation=initiative.lead_organisation)
    with pytest.raises(InitiativeError):
        ask_to_claim(initiative, UserFactory())
