"""The inbox: a line for a person, and that they have read it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from notifications.announcing import announce
from notifications.events import InboxChanged
from notifications.models import Notice
from texts.cleaning import clean_line, clean_text


def note(users: Iterable[User], *, kind: str, title: str | Promise, detail: str = "", path: str = "") -> None:
    """Write one line into each active person's inbox, in the caller's transaction."""
    active = [user for user in users if user.is_active]
    Notice.objects.bulk_create(
        Notice(user=user, kind=kind, title=one_line(title), detail=clean_text(detail), path=path) for user in active
    )
    announce(InboxChanged(tuple(user.pk for user in active)))


def one_line(text: str | Promise) -> str:
    """A subject or title: one clean line of at most 200 characters."""
    line = clean_line(text)
    return line if len(line) <= 200 else f"{line[:199]}…"


def mark_read(user: User, pk: int | None = None) -> int:
    """One line of their inbox, or all, has been read. Gives how many were new."""
    unread = Notice.objects.filter(user=user, read_at=None)
    number = (unread if pk is None else unread.filter(pk=pk)).update(read_at=timezone.now())
    if number:
        announce(InboxChanged((user.pk,)))
    return number


def mark_seen(user_id: int, about: str, position: int) -> int:
    """They have seen it for themselves, up to there. Gives how many lines were new."""
    rows = Notice.objects.filter(user=user_id, read_at=None, about=about, position__lte=position)
    number = rows.update(read_at=timezone.now())
    if number:
        announce(InboxChanged((user_id,)))
    return number


def forget_words(about: str, position: int) -> None:
    """What was said there was taken away: no line repeats it, and one that tells of nothing else is no longer new."""
    lines = Notice.objects.filter(about=about, position=position)
    lines.exclude(detail="").update(detail="")
    alone = lines.filter(number=1, read_at=None)
    people = tuple(alone.values_list("user_id", flat=True))
    if people:
        alone.update(read_at=timezone.now())
        announce(InboxChanged(people))
