"""Who may do what with a pair of initiatives. Nothing asks for roles anywhere else."""

from __future__ import annotations

from typing import Any

from accounts.permissions import coordinated_codes, is_moderator
from initiatives.models import Initiative, ReachedPlace
from organisations.permissions import organisation_ids

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_introduce(user: Person, low: Initiative, high: Initiative) -> bool:
    """Begin the two organisations' talk: their people, and whoever coordinates a place that one of them reaches."""
    if not user.is_authenticated or not user.is_active:
        return False
    if {low.lead_organisation_id, high.lead_organisation_id} & set(organisation_ids(user)):
        return True
    codes = coordinated_codes(user)
    return bool(codes) and ReachedPlace.objects.filter(initiative__in=(low, high), place__in=codes).exists()


def can_see_board(user: Person) -> bool:
    """Coordinators see the pairs of their places, moderators those of every place."""
    return bool(coordinated_codes(user)) or is_moderator(user)


def can_see_board_of(user: Person, code: str) -> bool:
    return code in coordinated_codes(user) or is_moderator(user)
