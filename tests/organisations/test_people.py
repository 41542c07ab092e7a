"""Belonging to an organisation: asking, being invited, roles, and the owner there always is."""

from __future__ import annotations

import datetime
import re

import pytest
from django.core import mail, signing
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notifications.models import Message
from organisations.domain.errors import LastOwner, LinkRefused, NotAllowed, OrganisationError
from organisations.domain.inviting import SALT, accept_invitation, invite_member, token_for, withdraw_invitation
from organisations.domain.joining import answer_request, ask_to_join
from organisations.domain.membership import change_role, leave_organisation, remove_member
from organisations.models import Invitation, JoinRequest, Membership, Role
from organisations.permissions import role_of
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owning():
    return MembershipFactory(role=Role.OWNER)


@pytest.fixture
def organisation(owning):
    return owning.organisation


@pytest.fixture
def owner(owning):
    return owning.user


def roles(organisation):
    return dict(Membership.objects.filter(organisation=organisation).values_list("user__email", "role"))


def test_who_asks_twice_has_asked_once_and_the_owners_hear_once(organisation, owner):
    person = UserFactory()
    ask_to_join(organisation, user=person, message="I teach there.")
    ask_to_join(organisation, user=person, message="Again")
    assert [request.message for request in JoinRequest.objects.all()] == ["I teach there."]
    message = Message.objects.get()
    assert message.address == owner.email
    assert "I teach there." in message.body


def test_where_nobody_owns_an_imported_organisation_moderators_answer_and_the_first_owns_it():
    moderator = ModeratorFactory()
    imported, first, second = OrganisationFactory(), UserFactory(), UserFactory()
    request = ask_to_join(imported, user=first)
    assert Message.objects.get().address == moderator.email
    answer_request(request, user=moderator, accept=True)
    owner = type(first).objects.get(pk=first.pk)  # as their next request finds them
    answer_request(ask_to_join(imported, user=second), user=owner, accept=True)
    assert roles(imported) == {first.email: Role.OWNER, second.email: Role.MEMBER}


def test_an_accepted_request_makes_a_member_and_tells_them_and_the_log(organisation, owner):
    person = UserFactory()
    request = ask_to_join(organisation, user=person)
    answer_request(request, user=owner, accept=True)
    assert roles(organisation)[person.email] == Role.MEMBER
    assert "You belong to" in Message.objects.get(address=person.email).body
    assert ModelLogEntry.objects.filter(action="organisations.joined", user=owner).count() == 1


def test_the_second_answer_to_a_request_changes_nothing(organisation, owner):
    person = UserFactory()
    request = ask_to_join(organisation, user=person)
    answer_request(request, user=owner, accept=False)
    with pytest.raises(OrganisationError, match="answered this already"):
        answer_request(request, user=owner, accept=True)
    assert person.email not in roles(organisation)
    assert "declined" in Message.objects.get(address=person.email).body


def test_only_owners_answer_invite_and_decide_about_roles(organisation, owner, owning):
    editor = MembershipFactory(organisation=organisation, role=Role.EDITOR).user
    request = ask_to_join(organisation, user=UserFactory())
    for forbidden in (
        lambda: answer_request(request, user=editor, accept=True),
        lambda: invite_member(organisation, user=editor, email="a@b.example"),
        lambda: change_role(owning, Role.MEMBER, user=editor),
        lambda: remove_member(owning, user=editor),
    ):
        with pytest.raises(NotAllowed):
            forbidden()
    assert roles(organisation) == {owner.email: Role.OWNER, editor.email: Role.EDITOR}


def test_the_last_owner_can_neither_leave_nor_be_demoted_nor_removed(organisation, owner, owning):
    for going in (
        lambda: leave_organisation(organisation, user=owner),
        lambda: change_role(owning, Role.EDITOR, user=owner),
        lambda: remove_member(owning, user=ModeratorFactory()),
    ):
        with pytest.raises(LastOwner, match="needs an owner"):
            going()
    assert roles(organisation) == {owner.email: Role.OWNER}


def test_an_owner_whose_account_is_closed_does_not_count(organisation, owner):
    MembershipFactory(organisation=organisation, role=Role.OWNER, user=UserFactory(is_active=False))
    with pytest.raises(LastOwner):
        leave_organisation(organisation, user=owner)


def test_an_owner_leaves_once_there_is_another(organisation, owner):
    second = MembershipFactory(organisation=organisation)
    change_role(second, Role.OWNER, user=owner)
    leave_organisation(organisation, user=owner)
    assert roles(organisation) == {second.user.email: Role.OWNER}
    assert role_of(owner, organisation) is None


def test_who_is_removed_is_told_and_removing_again_says_so(organisation, owner):
    member = MembershipFactory(organisation=organisation)
    remove_member(member, user=owner)
    with pytest.raises(OrganisationError, match="any more"):
        change_role(member, Role.OWNER, user=owner)
    assert Message.objects.get().address == member.user.email


def invited(organisation, owner, person, role=Role.EDITOR):
    invitation = invite_member(organisation, user=owner, email=person.email.upper(), role=role)
    link = re.search(r"/invitations/(\S+)/", Message.objects.filter(address=person.email).latest("pk").body)
    assert link
    return invitation, link[1]


def test_an_invitation_s_link_gives_its_role_once(organisation, owner):
    person = UserFactory()
    _, token = invited(organisation, owner, person)
    assert accept_invitation(token, user=person) == organisation
    assert accept_invitation(token, user=person) == organisation  # posted twice
    assert roles(organisation)[person.email] == Role.EDITOR
    leave_organisation(organisation, user=person)
    with pytest.raises(LinkRefused, match="used already"):
        accept_invitation(token, user=person)


def test_inviting_an_address_again_sends_the_same_invitation_again(organisation, owner):
    person = UserFactory()
    first, _ = invited(organisation, owner, person)
    second, _ = invited(organisation, owner, person, Role.MEMBER)
    assert first.pk == second.pk
    assert Invitation.objects.get().role == Role.MEMBER


def test_a_link_is_for_its_verified_address_alone(organisation, owner):
    person, other = UserFactory(), UserFactory()
    _, token = invited(organisation, owner, person)
    with pytest.raises(LinkRefused, match=person.email):
        accept_invitation(token, user=other)
    person.emailaddress_set.update(verified=False)
    with pytest.raises(LinkRefused, match="Sign in with that address"):
        accept_invitation(token, user=person)
    assert list(roles(organisation)) == [owner.email]


def test_a_withdrawn_expired_or_forged_link_each_says_what_it_is(organisation, owner, monkeypatch):
    person = UserFactory()
    invitation, token = invited(organisation, owner, person)
    for forged in (token[:-2], "", "x" * 5_000, "a:b:c", signing.dumps([invitation.pk, person.email], salt="other")):
        with pytest.raises(LinkRefused, match="not complete"):
            accept_invitation(forged, user=person)
    for elsewhere in ([invitation.pk, "else@where.example"], [999_999, person.email]):
        with pytest.raises(LinkRefused, match="withdrawn"):
            accept_invitation(signing.dumps(elsewhere, salt=SALT), user=person)
    now = timezone.now().timestamp()
    with monkeypatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: now + datetime.timedelta(days=15).total_seconds())
        with pytest.raises(LinkRefused, match="two weeks"):
            accept_invitation(token, user=person)
    withdraw_invitation(invitation, user=owner)
    with pytest.raises(LinkRefused, match="withdrawn"):
        accept_invitation(token_for(invitation), user=person)
    assert not mail.outbox
    assert list(roles(organisation)) == [owner.email]


def test_who_belongs_is_not_invited_and_an_invitation_never_lowers_a_role(organisation, owner):
    with pytest.raises(OrganisationError, match="belongs to this organisation already"):
        invite_member(organisation, user=owner, email=owner.email)
    person = UserFactory()
    _, token = invited(organisation, owner, person, Role.MEMBER)
    MembershipFactory(organisation=organisation, user=person, role=Role.OWNER)
    accept_invitation(token, user=person)
    assert roles(organisation)[person.email] == Role.OWNER
