"""Closing an account: each room says what stands in the way and what becomes of what it holds.

A room registers in its `ready`, so that they come in the order of the house: those that end something first ask what
is below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User


class CannotClose(Exception):
    """Something has to be settled first; the message says what."""


@dataclass(frozen=True)
class Leaving:
    """Somebody who closes their account, as they were called until now."""

    user: User
    name: str
    addresses: frozenset[str]

    @property
    def nowhere(self) -> str:
        """What stands where one of their addresses stood. RFC 2606: no mail reaches it, and nobody can own it."""
        return f"closed-{self.user.pk}@closed.invalid"


@dataclass(frozen=True)
class Said:
    """One sentence before closing, with a page where something can be done about it."""

    text: str
    url: str = ""
    link: str = ""  # what the link to the page says
    hinders: bool = False  # nobody closes their account while it is so


@dataclass(frozen=True)
class Closer:
    """`close` runs in the one transaction of closing; `says` is asked before, for what hinders and what is to know."""

    name: str
    close: Callable[[Leaving], None]
    says: Callable[[User], Iterable[Said]] = lambda _user: ()


_closers: dict[str, Closer] = {}


def register(closer: Closer) -> None:
    """Registered twice the later one counts."""
    _closers[closer.name] = closer


def closers() -> tuple[Closer, ...]:
    return tuple(_closers.values())
