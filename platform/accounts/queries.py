"""Named reads of this room."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import MODERATORS


def moderators() -> QuerySet[User]:
    """Everyone who hears of what waits for clearance: the group, not every administrator."""
    return User.objects.filter(is_active=True, groups__name=MODERATORS).distinct()


def coordinators_of(place_codes: list[str] | frozenset[str]) -> QuerySet[User]:
    """Everyone who coordinates one of these places."""
    return User.objects.filter(is_active=True, coordinations__place_id__in=place_codes).distinct()
