"""What the moderators' queue holds. Rooms above register what is reported there; this room knows none by name."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

MOST_SHOWN = 100  # of one source at a time
MOST_NOTES = 3  # of one thing in the queue


@dataclass(frozen=True)
class Said:
    """What one person wrote, and who."""

    by: str
    note: str


@dataclass(frozen=True)
class Waiting:
    """A thing that was reported, however often: where to decide on it, and what was said."""

    what: str | Promise
    title: str
    url: str  # where it is decided on
    page: str  # where it stands
    since: datetime.datetime
    reasons: tuple[str, ...]
    said: tuple[Said, ...]
    reports: int
    is_urgent: bool
    extract: str = ""
    byline: str = ""


@dataclass(frozen=True)
class Source:
    """`waiting` and `number` are asked whether only worries about a child are wanted."""

    name: str
    waiting: Callable[[bool], list[Waiting]]
    number: Callable[[bool], int]


@dataclass(frozen=True)
class Part:
    """What moderators find below the reports: a template, and what it shows under `part`."""

    template: str
    read: Callable[[], Any]
    number: Callable[[], int]


_sources: dict[str, Source] = {}
_parts: dict[str, Part] = {}


def register(source: Source) -> None:
    """Registered twice the later one counts."""
    _sources[source.name] = source


def register_part(part: Part) -> None:
    _parts[part.template] = part


def sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def parts() -> tuple[Part, ...]:
    return tuple(_parts.values())
