"""What somebody has read of a place's changes, and whether they hear of more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from accounts.permissions import coordinates
from partnerships.history.models import Watch
from places.queries import PlaceFacts

Person = Any  # a User or AnonymousUser


@dataclass(frozen=True)
class Watching:
    """A visitor's is empty."""

    read_at: datetime.datetime | None = None
    follows: bool = False
    coordinates: bool = False  # and hears of it for that


def watching(user: Person, place: PlaceFacts) -> Watching:
    if not user.is_authenticated:
        return Watching()
    row = Watch.objects.filter(user=user, place=place.code).first()
    return Watching(row.read_at if row else None, bool(row and row.follows), coordinates(user, place.code))
