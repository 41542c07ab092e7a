"""Acts that come too late, and owners who go."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from organisations.domain.errors import LinkRefused, OrganisationError
from organisations.domain.inviting import accept_invitation, invite_member, token_for, withdraw_invitation
from organisations.domain.joining import answer_request, ask_to_join
from organisations.domain.membership import remove_member
from organisations.identifiers import normalise_identifier
from organisations.models import Membership, Organisation, Role
from tests.factories.accounts import AdministratorFactory, UserFactory, sign_in
from tests.factories.organisations import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory(role=Role.OWNER).user


@pytest.fixture
def organisation(owner):
    return owner.memberships.get().organisation


def test_the_only_owner_of_an_organisation_cannot_be_deleted(owner, organisation):
    with pytest.raises(ProtectedError, match=organisation.name), transaction.atomic():
        owner.delete()
    MembershipFactory(organisation=organisation, role=Role.OWNER)
    owner.delete()


def test_the_cms_says_why_an_only_owner_cannot_be_deleted(client, owner, organisation):
    sign_in(client, AdministratorFactory(), second_factor=True)
    answer = client.post(reverse("wagtailusers_users:delete", args=[owner.pk]), follow=True)
    assert answer.status_code == 200
    assert organisation.name in answer.content.decode()
    assert Membership.objects.filter(user=owner).exists()


def test_a_removed_owner_cannot_come_back_by_an_invitation_of_their_own(owner, organisation):
    second = MembershipFactory(organisation=organisation, role=Role.OWNER)
    back_door = UserFactory()
    invitation = invite_member(organisation, user=second.user, email=back_door.email, role=Role.OWNER)
    remove_member(second, user=owner)
    with pytest.raises(LinkRefused, match="withdrawn"):
        accept_invitation(token_for(invitation), user=back_door)


def test_an_invitation_that_was_used_cannot_be_withdrawn(owner, organisation):
    person = UserFactory()
    invitation = invite_member(organisation, user=owner, email=person.email)
    accept_invitation(token_for(invitation), user=person)
    with pytest.raises(OrganisationError, match="used already"):
        withdraw_invitation(invitation, user=owner)


def test_the_second_of_two_different_answers_is_told_so(owner, organisation):
    request = ask_to_join(organisation, user=UserFactory())
    answer_request(request, user=owner, accept=False)
    answer_request(request, user=owner, accept=False)
    with pytest.raises(OrganisationError, match="answered this already"):
        answer_request(request, user=owner, accept=True)


def test_removing_and_leaving_twice_is_a_sentence_and_not_an_error_page(client, owner, organisation):
    member = MembershipFactory(organisation=organisation, role=Role.MEMBER)
    sign_in(client, owner)
    address = reverse("organisation-people-change", args=[organisation.slug])
    for _time in range(2):
        answer = client.post(address, {"do": "remove", "id": member.pk}, follow=True)
        assert answer.status_code == 200
    assert "done already" in answer.content.decode()
    sign_in(client, member.user)
    leave = client.post(reverse("organisation-leave", args=[organisation.slug]), follow=True)
    assert "You do not belong" in leave.content.decode()
    assert Organisation.objects.filter(pk=organisation.pk).exists()


@pytest.mark.parametrize(
    ("scheme", "typed"),
    [("GB-NHS", "100012"), ("GB-NHS", "SC0123"), ("GB-CHC", "1089464" + " " * 60 + "junk"), ("GB-COH", "1234")],
)
def test_a_number_of_another_form_is_refused(scheme, typed):
    if (scheme, typed) == ("GB-COH", "1234"):
        assert normalise_identifier(scheme, typed) == "00001234"
        return
    with pytest.raises(ValidationError):
        normalise_identifier(scheme, typed)


@pytest.mark.parametrize("typed", ["OE012345", "IP27649R", "SE000123"])
def test_company_numbers_of_every_register_are_taken(typed):
    assert normalise_identifier("GB-COH", typed) == typed
