"""Change what others call a person."""

from __future__ import annotations

from accounts.models import User


def rename(user: User, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])
