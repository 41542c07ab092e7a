"""Organisations and their people."""

from __future__ import annotations

import factory

from organisations.models import Membership, Organisation, Role
from tests.factories.accounts import UserFactory


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Riverside Trust {n}")
    slug = factory.Sequence(lambda n: f"riverside-trust-{n}")
    kind = "charity"
    place_id = "E06000002"


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
