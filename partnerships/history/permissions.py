"""Who may see what of a place over time. Nothing asks for roles anywhere else."""

from __future__ import annotations

from typing import Any

from accounts.permissions import coordinates, is_moderator

Person = Any  # a User or AnonymousUser: every predicate answers for both


def can_see_looked_for(user: Person, code: str) -> bool:
    """What was looked for in a place and not found: its coordinators, and moderators."""
    return coordinates(user, code) or is_moderator(user)
