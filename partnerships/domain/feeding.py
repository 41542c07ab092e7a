"""A calendar's address: it needs no signing in, reads dates and nothing else, and can be ended."""

from __future__ import annotations

from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partnerships.models import CalendarFeed

_SALT = "partnerships.calendar"


class FeedRefused(Exception):
    """Not one of ours, not whole, or ended."""


@transaction.atomic
def new_address(user: User) -> str:
    """The token of a new address; the one before is dead. Asked for twice at once, the later one counts."""
    User.objects.select_for_update().get(pk=user.pk)
    CalendarFeed.objects.filter(user=user).delete()
    return token_of(CalendarFeed.objects.create(user=user, made_at=timezone.now()))


def end_address(user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def token_of(feed: CalendarFeed) -> str:
    return signing.dumps([feed.pk, feed.user_id, int(feed.made_at.timestamp() * 1000)], salt=_SALT)


def owner_of(token: str) -> User:
    """Whose it is. Raises FeedRefused."""
    try:
        pk, user_id, made = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise FeedRefused from error
    feed = CalendarFeed.objects.select_related("user").filter(pk=pk, user=user_id, user__is_active=True).first()
    if feed is None or int(feed.made_at.timestamp() * 1000) != made:
        raise FeedRefused
    return feed.user
