"""Named reads."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from organisations.models import Membership, Organisation, Role


def writers_of(organisation: Organisation) -> QuerySet[User]:
    """The organisation's editors and owners: who hears of what becomes of its initiatives."""
    return User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__role__in=(Role.EDITOR, Role.OWNER),
    )


def memberships_of(user: User) -> QuerySet[Membership]:
    """A person's memberships with their organisations, by name."""
    return user.memberships.select_related("organisation").order_by("organisation__name")
