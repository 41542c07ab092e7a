"""The moderators' one queue: worries about a child, then the rest, each by age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.queries import safeguarding_contacts
from reports.permissions import can_see_all, can_see_queue
from reports.sources import Waiting, parts, sources


@dataclass(frozen=True)
class Shown:
    template: str
    part: Any


@dataclass(frozen=True)
class Queue:
    urgent: Sequence[Waiting]
    others: Sequence[Waiting]
    parts: Sequence[Shown]
    nobody_named: bool

    @property
    def is_empty(self) -> bool:
        return not self.urgent and not self.others


def queue_for(user: Any) -> Queue:
    """Who is only named for worries about a child gets these alone. A fixed number of queries."""
    whole = can_see_all(user)
    found = [one for source in sources() for one in source.waiting(not whole)]
    found.sort(key=lambda one: one.since)
    return Queue(
        urgent=[one for one in found if one.is_urgent],
        others=[one for one in found if not one.is_urgent],
        parts=[Shown(part.template, part.read()) for part in parts()] if whole else [],
        nobody_named=whole and not safeguarding_contacts().exists(),
    )


def number_for(user: Any) -> int:
    """How many things wait for this person."""
    if not can_see_queue(user):
        return 0
    whole = can_see_all(user)
    number = sum(source.number(not whole) for source in sources())
    return number + (sum(part.number() for part in parts()) if whole else 0)
