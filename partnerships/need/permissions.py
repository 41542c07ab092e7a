"""Who may see what about need: everything is public but the reports of loads."""

from __future__ import annotations

from typing import Any

from accounts.permissions import is_moderator

Person = Any  # a User or AnonymousUser


def can_see_reports(user: Person) -> bool:
    """What of a file led to no place, and who loaded it: moderators and administrators."""
    return is_moderator(user)
