"""Two people at the very same moment: an organisation keeps an owner, and has one where nobody else was, once."""

from __future__ import annotations

import pytest

from accounts.domain.closing import close_account
from organisations.domain.claiming import claim_organisation
from organisations.domain.errors import LastOwner, OrganisationError
from organisations.domain.joining import answer_request, ask_to_join
from organisations.domain.membership import leave_organisation
from organisations.domain.merging import merge_organisations
from organisations.domain.registering import Details, register_organisation
from organisations.models import Claim, Identifier, Membership, Merge, Organisation, Role
from tests.factories.accounts import ModeratorFactory, UserFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.registers import CHARITIES, read
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_last_owners_who_leave_at_once_one_stays():
    organisation = OrganisationFactory()
    owners = [MembershipFactory(organisation=organisation, role=Role.OWNER).user for _person in range(2)]
    answers = at_once(*(lambda user=user: leave_organisation(organisation, user=user) for user in owners))
    assert sorted(isinstance(answer, LastOwner) for answer in answers) == [False, True]
    assert Membership.objects.filter(organisation=organisation, role=Role.OWNER).count() == 1


def test_of_two_accepted_at_once_where_nobody_was_one_becomes_the_owner():
    moderator, organisation = ModeratorFactory(), OrganisationFactory()
    requests = [ask_to_join(organisation, user=UserFactory()) for _person in range(2)]
    answers = at_once(*(lambda one=one: answer_request(one, user=moderator, accept=True) for one in requests))
    assert answers == [None, None]
    assert sorted(Membership.objects.values_list("role", flat=True)) == [Role.MEMBER, Role.OWNER]


def test_two_organisations_of_one_name_registered_at_once_have_an_address_each():
    people = [UserFactory() for _person in range(2)]
    details = Details(name="Riverside Trust", kind="charity")
    at_once(*(lambda user=user: register_organisation(details, user=user) for user in people))
    assert Organisation.objects.filter(name="Riverside Trust").values("slug").distinct().count() == 2


def test_of_two_who_claim_one_at_once_one_has_it_and_the_other_is_told_whom_to_ask(tmp_path):
    read(tmp_path, CHARITIES, "charities")
    organisation = OrganisationFactory(source="A list")
    Identifier.objects.create(organisation=organisation, scheme="GB-CHC", value="1099901")
    people = [UserFactory(email=f"{name}@tyneford.org.uk") for name in ("ann", "bea")]
    answers = at_once(*(lambda user=user: claim_organisation(organisation, user=user) for user in people))
    (refused,) = [answer for answer in answers if isinstance(answer, OrganisationError)]
    assert "has people here already. Ask to join it." in str(refused)
    (claim,) = Claim.objects.filter(accepted=True)
    assert list(Membership.objects.values_list("user", "role")) == [(claim.user_id, Role.OWNER)]


def test_two_organisations_merged_into_each_other_at_once_are_merged_once():
    moderator, first, second = ModeratorFactory(), OrganisationFactory(), OrganisationFactory()
    answers = at_once(
        lambda: merge_organisations(first, second, user=moderator),
        lambda: merge_organisations(second, first, user=moderator),
    )
    assert sorted(isinstance(answer, OrganisationError) for answer in answers) == [False, True], answers
    assert Merge.objects.count() == 1


def test_whoever_closes_the_account_while_they_are_let_in_belongs_nowhere_afterwards():
    moderator, organisation, person = ModeratorFactory(), OrganisationFactory(), UserFactory()
    request = ask_to_join(organisation, user=person)
    closed, let_in = at_once(
        lambda: close_account(person), lambda: answer_request(request, user=moderator, accept=True)
    )
    assert closed is None
    assert let_in is None or (isinstance(let_in, OrganisationError) and "closed their account" in str(let_in))
    assert not Membership.objects.filter(user=person).exists()
