"""Having read what changed in a place, and wanting to hear of more."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from notifications.domain.noting import mark_seen
from partnerships.history.models import Watch
from places.queries import PlaceFacts


def about(code: str) -> str:
    """What notices of a place's changes belong to."""
    return f"changes:{code}"


def mark_changes_read(place: PlaceFacts, *, user: User) -> None:
    """All until now; what their inbox tells of it is read, too."""
    now = timezone.now()
    Watch.objects.update_or_create(user=user, place_id=place.code, defaults={"read_at": now})
    mark_seen(user.pk, about(place.code), timezone.localdate().toordinal())


def follow_place(place: PlaceFacts, *, user: User, follows: bool) -> None:
    """Hear each week of what changed there, or no more."""
    Watch.objects.update_or_create(user=user, place_id=place.code, defaults={"follows": follows})
