"""Who may do what with a pair of initiatives. Nothing asks for roles anywhere else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from accounts.permissions import coordinated_codes, is_moderator
from initiatives.models import Initiative, ReachedPlace
from organisations.models import Organisation
from organisations.permissions import is_member, organisation_ids
from places.queries import gazetteer

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_judge(user: Person, low: Initiative, high: Initiative) -> bool:
    """Members of an organisation that leads either, coordinators of a place that either reaches, and moderators."""
    return is_of_either_side(user, low, high) or is_moderator(user) or _coordinates_either(user, low, high)


def is_of_either_side(user: Person, low: Initiative, high: Initiative) -> bool:
    """Belongs to an organisation that leads either, in any role."""
    return judges_for(user, low, high) is not None


def judges_for(user: Person, low: Initiative, high: Initiative) -> Organisation | None:
    """On whose behalf they speak: the side they belong to, the first of two; None for whoever belongs to neither."""
    sides = (low.lead_organisation, high.lead_organisation)
    return next((side for side in sides if is_member(user, side)), None)


def can_see_who_judged(user: Person, low: Initiative, high: Initiative) -> bool:
    """Which organisations said it and what they noted: people of either side, and moderators."""
    return is_of_either_side(user, low, high) or is_moderator(user)


def can_see_weights(user: Person) -> bool:
    """Whoever is signed in."""
    return bool(user.is_authenticated and user.is_active)


def can_turn_back(user: Person) -> bool:
    return is_moderator(user)


def can_introduce(user: Person, low: Initiative, high: Initiative) -> bool:
    """Begin the two organisations' talk: their people, and whoever coordinates a place that one of them reaches."""
    return is_of_either_side(user, low, high) or _coordinates_either(user, low, high)


def speaks_up_for(user: Person, leads: Mapping[int, int]) -> set[int]:
    """Of many initiatives (id → the organisation that leads it) those which this person may introduce to any other, as
    `can_introduce` has it. One query for a coordinator."""
    own = set(organisation_ids(user))
    return {pk for pk, lead in leads.items() if lead in own} | _coordinated(user, leads)


def can_see_board(user: Person) -> bool:
    """Coordinators see the pairs of their places, moderators those of every place."""
    return bool(coordinated_codes(user)) or is_moderator(user)


def can_see_board_of(user: Person, code: str) -> bool:
    return code in coordinated_codes(user) or is_moderator(user)


def _coordinates_either(user: Person, low: Initiative, high: Initiative) -> bool:
    return bool(_coordinated(user, (low.pk, high.pk)))


def _coordinated(user: Person, pks: Collection[int]) -> set[int]:
    """As a place's list has it: what lies within their place, and what declares a place around it. One query."""
    codes = coordinated_codes(user)
    if not codes or not pks:
        return set()
    gaz = gazetteer()
    around = {one for code in codes for one in gaz.closure_up(code)}
    reached = Q(place__in=codes) | Q(place__in=around, declared=True)
    return set(ReachedPlace.objects.filter(reached, initiative__in=pks).values_list("initiative_id", flat=True))
