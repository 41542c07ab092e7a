"""Partnerships made the way the product makes them."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django.utils import timezone

from accounts.models import User
from organisations.models import Organisation, Role
from partnerships.domain.agreeing import agree
from partnerships.domain.proposing import propose
from partnerships.domain.terms import PartyTerms, Terms
from partnerships.models import Partnership
from tests.factories.accounts import UserFactory
from tests.factories.initiatives import MIDDLESBROUGH
from tests.factories.organisations import MembershipFactory, OrganisationFactory

_numbers = itertools.count()


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


def party(name: str = "") -> tuple[Organisation, User]:
    """A public organisation and its owner."""
    organisation = OrganisationFactory(is_public=True, **({"name": name} if name else {}))
    return organisation, owner_of(organisation)


def owner_of(organisation: Organisation, *, role: str = Role.OWNER) -> User:
    """Another person who speaks for it. Memberships are remembered on a person, so this one is fresh."""
    made = MembershipFactory(organisation=organisation, user=UserFactory(), role=role)
    return User.objects.get(pk=made.user_id)


def terms(*organisations: Organisation, **other: Any) -> Terms:
    """The first one leads."""
    given = {
        "title": "One door for Year 7",
        "purpose": "Mentors meet forty Year 7s every Tuesday.",
        "starts_on": days(0),
        "ends_on": days(300),
        "review_on": days(200),
        "success": "Thirty of forty still come in June.",
        "places": (MIDDLESBROUGH,),
        "parties": tuple(
            PartyTerms(one.pk, "delivers" if number else "leads", "A room on Tuesdays")
            for number, one in enumerate(organisations)
        ),
        **other,
    }
    return Terms(**given)


def proposed(by: tuple[Organisation, User], *others: tuple[Organisation, User], **other: Any) -> Partnership:
    """Sent by the first, and waiting for the others."""
    organisation, user = by
    said = terms(organisation, *(one for one, _user in others), **other)
    return propose(said, user=user, organisation=organisation, client_id=f"test-{next(_numbers)}")


def in_force(by: tuple[Organisation, User], *others: tuple[Organisation, User], **other: Any) -> Partnership:
    """Agreed to by all."""
    partnership = proposed(by, *others, **other)
    for organisation, user in others:
        agree(partnership, number=1, user=user, organisation=organisation)
    return again(partnership)


def again(partnership: Partnership) -> Partnership:
    """As it is in the database now."""
    return Partnership.objects.select_related("stands", "thread").get(pk=partnership.pk)
