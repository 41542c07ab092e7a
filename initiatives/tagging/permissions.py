"""Who may do what with tags."""

from __future__ import annotations

from typing import Any

from accounts.permissions import is_moderator

Person = Any  # a User or AnonymousUser


def can_tend_tags(user: Person) -> bool:
    """Merge, rename, retire, describe, and say what else they are called."""
    return is_moderator(user)
