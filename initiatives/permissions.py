"""Who may do what with an initiative. Nothing asks for roles anywhere else."""

from __future__ import annotations

from typing import Any

from accounts.permissions import is_moderator, is_safeguarding_contact
from initiatives.models import Initiative
from organisations.permissions import can_write_for

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_register(user: Person) -> bool:
    """Anyone signed in may begin; the organisation they choose decides whether they may go on."""
    return bool(user.is_authenticated)


def can_edit(user: Person, initiative: Initiative) -> bool:
    """Editors and owners of the organisation that leads it, and moderators; nobody one that is part of another."""
    if initiative.merged_into_id is not None:
        return False
    return can_write_for(user, initiative.lead_organisation) or is_moderator(user)


def can_see(user: Person, initiative: Initiative) -> bool:
    """Everyone once it is cleared; before that those who may edit it."""
    return initiative.live or can_edit(user, initiative)


def can_moderate(user: Person) -> bool:
    return is_moderator(user)


def can_withdraw(user: Person) -> bool:
    """From the public: moderators, and whoever decides on worries about a child."""
    return is_moderator(user) or is_safeguarding_contact(user)


def can_change_status(user: Person, initiative: Initiative) -> bool:
    """Pause, end, reopen and confirm: as editing, once it was cleared."""
    return initiative.live and can_edit(user, initiative)


def can_merge(user: Person) -> bool:
    """Make two initiatives one, and undo it: moderators."""
    return is_moderator(user)


def can_import(user: Person) -> bool:
    """Imported rows are public at once, so only who clears initiatives may import."""
    return is_moderator(user)


def can_claim(user: Person, initiative: Initiative) -> bool:
    """Editors and owners of the organisation that leads it, and moderators, where it came by import."""
    return (
        bool(initiative.source)
        and initiative.merged_into_id is None
        and can_write_for(user, initiative.lead_organisation)
    )
