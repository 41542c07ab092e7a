"""What a page is about, as far as a room says so; this room knows none of them by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import User


class RemovalRefused(Exception):
    """It cannot be taken away now; the text says why."""


@dataclass(frozen=True)
class Removal:
    """How a page is taken away from the public. `act` (by whom, why) tells whoever looks after it, in the caller's
    transaction, and raises RemovalRefused."""

    label: str | Promise
    act: Callable[[User, str], None]
    may: Callable[[Any], bool]


@dataclass(frozen=True)
class Subject:
    """`keepers`: who looks after it. `hint`: what else a moderator can do about it, and where."""

    keepers: tuple[User, ...] = ()
    removal: Removal | None = None
    hint: str | Promise = ""
    hint_url: str = ""


_resolvers: list[Callable[[str], Subject | None]] = []


def register(resolver: Callable[[str], Subject | None]) -> None:
    """A room's answer to what the page at a path is about; None where it is none of its own."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


def subject_at(path: str) -> Subject | None:
    """What no room knows, such as a list, can be answered and not taken away."""
    return next((found for resolver in _resolvers if (found := resolver(path))), None)
