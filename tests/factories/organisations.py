"""Organisations and their people."""

from __future__ import annotations

import factory

from notifications.announcing import announce_within
from organisations.events import OrganisationsChanged
from organisations.models import Membership, Organisation, Role
from tests.factories.accounts import UserFactory


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Riverside Trust {n}")
    slug = factory.Sequence(lambda n: f"riverside-trust-{n}")
    kind = "charity"
    place_id = "E06000002"

    @factory.post_generation
    def announced(self: Organisation, create: bool, extracted: None, **kwargs: None) -> None:
        """Told as the product's own verbs tell it."""
        if create:
            announce_within(OrganisationsChanged((self.pk,)))


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.EDITOR
