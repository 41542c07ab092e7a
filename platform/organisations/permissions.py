"""Who may do what for an organisation. The memberships are read once a request and remembered on the person."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.permissions import is_moderator
from organisations.models import Claim, Membership, Organisation, Role

Person = Any  # a User or AnonymousUser: every predicate answers for both

WRITERS = (Role.EDITOR.value, Role.OWNER.value)


def role_of(user: Person, organisation: Organisation) -> str | None:
    """The person's role in the organisation, None for who does not belong to it."""
    return _roles(user).get(organisation.pk)


def _roles(user: Person) -> dict[int, str]:
    if not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_organisation_roles"):
        user._organisation_roles = dict(user.memberships.values_list("organisation_id", "role"))
    roles: dict[int, str] = user._organisation_roles
    return roles


def organisation_ids(user: Person) -> tuple[int, ...]:
    """The organisations a person belongs to."""
    return tuple(_roles(user))


def is_member(user: Person, organisation: Organisation) -> bool:
    return role_of(user, organisation) is not None


def can_write_for(user: Person, organisation: Organisation) -> bool:
    """Editors and owners write for their organisation, moderators for every one."""
    return role_of(user, organisation) in WRITERS or is_moderator(user)


def organisations_to_write_for(user: Person) -> QuerySet[Organisation]:
    """The organisations a person is an editor or owner of, by name."""
    own = [pk for pk, role in _roles(user).items() if role in WRITERS]
    return Organisation.objects.filter(pk__in=own).order_by("name")


def can_edit_organisation(user: Person, organisation: Organisation) -> bool:
    """Its details: editors and owners, and moderators."""
    return can_write_for(user, organisation)


def can_manage_members(user: Person, organisation: Organisation) -> bool:
    """Who belongs and in which role: owners, and moderators."""
    return role_of(user, organisation) == Role.OWNER.value or is_moderator(user)


def can_see_organisation(user: Person, organisation: Organisation) -> bool:
    """Everyone once it is public; before that its own people and moderators."""
    return organisation.is_public or is_member(user, organisation) or is_moderator(user)


def can_see_people(user: Person, organisation: Organisation) -> bool:
    """Its people's names and roles: those who belong, and moderators."""
    return is_member(user, organisation) or is_moderator(user)


def can_claim(user: Person, organisation: Organisation) -> bool:
    """Whoever is signed in where nobody here belongs to it; its owner while it is not verified."""
    if not user.is_authenticated or not user.is_active:
        return False
    claims = Claim.objects.filter(organisation=organisation, accepted=True, lapsed_at=None, user__is_active=True)
    if role_of(user, organisation) == Role.OWNER.value:
        return not claims.exists()
    return not Membership.objects.filter(organisation=organisation, user__is_active=True).exists()


def can_ask_to_join(user: Person, organisation: Organisation) -> bool:
    """Whoever is signed in and does not belong yet."""
    return bool(user.is_authenticated) and not is_member(user, organisation)


def can_decide_duplicates(user: Person) -> bool:
    """Whether two entries are one organisation: moderators."""
    return is_moderator(user)


def can_see_loads(user: Person) -> bool:
    """How public registers were read, with the rows that were left out: moderators."""
    return is_moderator(user)


def forget_memberships(user: Person) -> None:
    """After a membership was given or taken: ask the database again."""
    if hasattr(user, "_organisation_roles"):
        del user._organisation_roles  # not through __dict__: a request's person is lazy and has another
