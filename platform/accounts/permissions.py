"""Who is what. Every role that is not a membership is asked for here and nowhere else.

The answers are remembered on the person object, which lives as long as its request: asking again costs nothing.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

MODERATORS = "Moderators"
EDITORS = "Editors"
SAFEGUARDING = "Safeguarding contacts"

Person = Any  # a User or AnonymousUser: every predicate answers for both


def is_administrator(user: Person) -> bool:
    """May do everything, Django's admin included."""
    return _is_superuser(user) and _awake(user)


def is_moderator(user: Person) -> bool:
    """Clears initiatives, verifies organisations, merges duplicates."""
    return (_is_superuser(user) or MODERATORS in _groups(user)) and _awake(user)


def is_safeguarding_contact(user: Person) -> bool:
    """Is named for worries about a child: told of them at once, and decides on them."""
    return SAFEGUARDING in _groups(user) and _awake(user)


def is_cms_editor(user: Person) -> bool:
    """Writes news and guidance in the CMS."""
    return is_administrator(user) or EDITORS in _groups(user)


def coordinated_codes(user: Person) -> frozenset[str]:
    """Codes of the places this person coordinates."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_coordinated_codes"):
        user._coordinated_codes = frozenset(user.coordinations.values_list("place_id", flat=True))
    codes: frozenset[str] = user._coordinated_codes
    return codes


def coordinates(user: Person, place_code: str) -> bool:
    return place_code in coordinated_codes(user)


def needs_second_factor(user: Person) -> bool:
    """Moderators, safeguarding contacts and administrators do, and whoever else may enter Django's admin."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    if _is_superuser(user) or bool(user.is_active and user.is_staff):
        return True
    return not _groups(user).isdisjoint({MODERATORS, SAFEGUARDING})


def roles_asleep(user: Person) -> bool:
    """Holds a role that takes effect only once this session has shown a second factor."""
    return not _awake(user) and needs_second_factor(user)


def has_second_factor(user: Person) -> bool:
    """Has set up an authenticator app, a passkey or a security key. Recovery codes alone are none."""
    if not user.is_authenticated:
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists())


def has_app(user: Person) -> bool:
    """Has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def forget_roles(user: Person) -> None:
    """After a role was given or taken: ask the database again."""
    for name in ("_group_names", "_coordinated_codes"):
        if hasattr(user, name):
            delattr(user, name)


def _awake(user: Person) -> bool:
    """The middleware says no for a session without a second factor; a person who came by no request is awake."""
    return not settings.SECOND_FACTOR_REQUIRED or bool(getattr(user, "roles_awake", True))


def _is_superuser(user: Person) -> bool:
    return bool(user.is_active and user.is_superuser)


def _groups(user: Person) -> frozenset[str]:
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    names: frozenset[str] = user._group_names
    return names
