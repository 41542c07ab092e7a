"""Putting an organisation on record."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from notifications.announcing import announce
from organisations.domain.errors import AlreadyRegistered
from organisations.events import OrganisationEntered
from organisations.models import Identifier, Membership, Organisation, Role
from organisations.permissions import forget_memberships
from texts.slugs import at_free_slug, slug_of

RESERVED_SLUGS = frozenset({"new", "invitations", "claims", "suggest", "duplicates", "registers"})  # pages of their own


@dataclass(frozen=True)
class Details:
    """What an organisation says of itself, checked by the form."""

    name: str
    kind: str
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    postcode: str = ""
    place_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    identifiers: Sequence[tuple[str, str]] = ()


COLUMNS = ("name", "kind", "description", "website", "email", "phone", "postcode", "latitude", "longitude")


def refuse_taken(identifiers: Sequence[tuple[str, str]], *, besides: int | None = None) -> None:
    """Raises AlreadyRegistered for the first number another organisation carries."""
    for scheme, value in identifiers:
        taken = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=besides)
        if (other := taken.select_related("organisation").first()) is not None:
            raise AlreadyRegistered(other.organisation)


def write_identifiers(organisation: Organisation, identifiers: Sequence[tuple[str, str]]) -> None:
    """Give an organisation these numbers too. Raises AlreadyRegistered, also where another was quicker."""
    refuse_taken(identifiers, besides=organisation.pk)
    try:
        with transaction.atomic():
            Identifier.objects.bulk_create(
                [Identifier(organisation=organisation, scheme=scheme, value=value) for scheme, value in identifiers]
            )
    except IntegrityError:
        refuse_taken(identifiers, besides=organisation.pk)
        raise


def _just_made(details: Details, user: User) -> Organisation | None:
    minute_ago = timezone.now() - datetime.timedelta(minutes=1)
    made = Organisation.objects.filter(created_by=user, created_at__gte=minute_ago, place_id=details.place_code)
    return made.filter(name=details.name, kind=details.kind, postcode=details.postcode).first()


def _create(details: Details, user: User) -> Organisation:
    columns = {column: getattr(details, column) for column in COLUMNS}

    def write(slug: str) -> Organisation:
        return Organisation.objects.create(slug=slug, place_id=details.place_code, created_by=user, **columns)

    base = slug_of(details.name, otherwise="organisation")
    return at_free_slug(base, Organisation.objects.all(), write, reserved=RESERVED_SLUGS)


@transaction.atomic
def register_organisation(details: Details, *, user: User) -> Organisation:
    """A new organisation whose owner is who registers it. Public once something it does was cleared.

    Raises AlreadyRegistered where another carries one of its numbers.
    """
    User.objects.select_for_update().get(pk=user.pk)  # a form posted twice at once: one after the other
    if (already := _just_made(details, user)) is not None:
        return already
    refuse_taken(details.identifiers)
    organisation = _create(details, user)
    write_identifiers(organisation, details.identifiers)
    Membership.objects.create(organisation=organisation, user=user, role=Role.OWNER)
    forget_memberships(user)
    log(instance=organisation, action="wagtail.create", user=user)
    announce(OrganisationEntered(organisation.pk))
    return organisation
