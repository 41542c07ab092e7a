"""Putting an organisation on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from wagtail.log_actions import log

from accounts.models import User
from organisations.domain.errors import AlreadyRegistered
from organisations.models import Identifier, Membership, Organisation, Role
from organisations.permissions import forget_memberships


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


def free_slug(name: str) -> str:
    """An address for a name: its words, with a few letters more where those are taken."""
    base = slugify(name)[:200].strip("-") or "organisation"
    base = f"{base}-1" if base == "new" or base == "invitations" else base
    slug = base
    while Organisation.objects.filter(slug=slug).exists():
        slug = f"{base}-{get_random_string(5, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return slug


def refuse_taken(identifiers: Sequence[tuple[str, str]], *, besides: int | None = None) -> None:
    """Raises AlreadyRegistered for the first number another organisation carries."""
    for scheme, value in identifiers:
        taken = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation=besides)
        if (other := taken.select_related("organisation").first()) is not None:
            raise AlreadyRegistered(other.organisation)


@transaction.atomic
def register_organisation(details: Details, *, user: User) -> Organisation:
    """A new organisation whose owner is who registers it. Public once something it does was cleared.

    Raises AlreadyRegistered where another carries one of its numbers.
    """
    refuse_taken(details.identifiers)
    organisation = Organisation.objects.create(
        slug=free_slug(details.name),
        place_id=details.place_code,
        created_by=user,
        **{column: getattr(details, column) for column in COLUMNS},
    )
    try:
        with transaction.atomic():
            Identifier.objects.bulk_create(
                [
                    Identifier(organisation=organisation, scheme=scheme, value=value)
                    for scheme, value in details.identifiers
                ]
            )
    except IntegrityError:  # registered by someone else between the question and the answer
        refuse_taken(details.identifiers, besides=organisation.pk)
        raise
    Membership.objects.create(organisation=organisation, user=user, role=Role.OWNER)
    forget_memberships(user)
    log(instance=organisation, action="wagtail.create", user=user)
    return organisation
