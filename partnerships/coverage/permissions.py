"""Who may say what of a place's journey. Nothing asks for roles anywhere else."""

from __future__ import annotations

from typing import Any

from accounts.permissions import coordinates, is_moderator

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_confirm(user: Person, code: str) -> bool:
    """Say that nobody does something in a place, and take it back: its coordinators, and moderators."""
    return coordinates(user, code) or is_moderator(user)
