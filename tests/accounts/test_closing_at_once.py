"""Two who close their accounts at the same moment."""

from __future__ import annotations

import pytest

from accounts.domain.closing import close_account
from accounts.leaving import CannotClose
from accounts.models import User
from organisations.models import Membership, Role
from tests.factories.accounts import AdministratorFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.together import at_once


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_and_of_two_administrators_one_stays() -> None:
    one = MembershipFactory(role=Role.OWNER)
    other = MembershipFactory(organisation=one.organisation, role=Role.OWNER)
    MembershipFactory(organisation=one.organisation, role=Role.MEMBER)
    administrators = [AdministratorFactory(with_factor=False) for _ in range(2)]
    for pair in ([one.user, other.user], administrators):
        ended = at_once(*(lambda user=user: close_account(user) for user in pair))
        assert sorted(type(end) for end in ended if end is not None) == [CannotClose]
        assert User.objects.filter(pk__in=[user.pk for user in pair], is_active=True).count() == 1
    assert Membership.objects.filter(organisation=one.organisation, role=Role.OWNER).count() == 1
