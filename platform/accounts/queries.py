"""Named reads of this room."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import EDITORS, MODERATORS, SAFEGUARDING
from places.models import Place


def moderators() -> QuerySet[User]:
    """Everyone who hears of what waits for clearance: the group, not every administrator."""
    return User.objects.filter(is_active=True, groups__name=MODERATORS).distinct()


def administrators() -> QuerySet[User]:
    """Everyone who may do everything."""
    return User.objects.filter(is_active=True, is_superuser=True)


def safeguarding_contacts() -> QuerySet[User]:
    """Who is named for worries about a child, by name."""
    return User.objects.filter(is_active=True, groups__name=SAFEGUARDING).distinct().order_by("name", "email")


def coordinators_of(place_codes: list[str] | frozenset[str]) -> QuerySet[User]:
    """Everyone who coordinates one of these places."""
    return User.objects.filter(is_active=True, coordinations__place_id__in=place_codes).distinct()


@dataclass(frozen=True)
class Roles:
    """What a person is, as their own page shows it; asleep or not."""

    administrator: bool
    moderator: bool
    editor: bool
    safeguarding: bool
    places: tuple[Place, ...]

    def __bool__(self) -> bool:
        return self.administrator or self.moderator or self.editor or self.safeguarding or bool(self.places)


def roles_of(user: User) -> Roles:
    groups = set(user.groups.values_list("name", flat=True))
    return Roles(
        administrator=user.is_superuser,
        moderator=MODERATORS in groups,
        editor=EDITORS in groups,
        safeguarding=SAFEGUARDING in groups,
        places=tuple(Place.objects.filter(coordinations__user=user).order_by("name")),
    )
