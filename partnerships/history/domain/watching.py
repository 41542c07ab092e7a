"""Having read what changed in a place, and wanting to hear of more."""

from __future__ import annotations

import datetime

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from notifications.domain.noting import mark_seen
from partnerships.history.models import Told, Watch
from places.queries import PlaceFacts


def about(code: str) -> str:
    """What notices of a place's changes belong to."""
    return f"changes:{code}"


def mark_changes_read(place: PlaceFacts, *, user: User, up_to: datetime.datetime) -> None:
    """All until the moment the page was made, `up_to`: never later than now, and what was read stays read. What their
    inbox tells of it is read, too."""
    read_at = min(up_to, timezone.now())
    row, _made = Watch.objects.get_or_create(user=user, place_id=place.code)
    Watch.objects.filter(Q(read_at=None) | Q(read_at__lt=read_at), pk=row.pk).update(read_at=read_at)
    mark_seen(user.pk, about(place.code), timezone.localtime(read_at).toordinal())


def follow_place(place: PlaceFacts, *, user: User, follows: bool) -> None:
    """Hear each week of what changed there, or no more."""
    Watch.objects.update_or_create(user=user, place_id=place.code, defaults={"follows": follows})
    if follows:
        begin_telling(place, monday_of(timezone.localdate()))


def begin_telling(place: PlaceFacts, monday: datetime.date) -> None:
    """Where nobody listened for a place before, what was until this Monday is told to nobody."""
    Told.objects.bulk_create([Told(place_id=place.code, up_to=monday)], ignore_conflicts=True)


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())
