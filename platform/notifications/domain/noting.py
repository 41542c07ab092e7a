"""The inbox: a line for a person, and that they have read it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import User
from notifications.models import Notice
from texts.cleaning import clean_line, clean_text


def note(users: Iterable[User], *, kind: str, title: str | Promise, detail: str = "", path: str = "") -> None:
    """Write one line into each active person's inbox, in the caller's transaction."""
    Notice.objects.bulk_create(
        Notice(user=user, kind=kind, title=one_line(title), detail=clean_text(detail), path=path)
        for user in users
        if user.is_active
    )


def one_line(text: str | Promise) -> str:
    """A subject or title: one clean line of at most 200 characters."""
    line = clean_line(text)
    return line if len(line) <= 200 else f"{line[:199]}…"


def mark_read(user: User, pk: int | None = None) -> int:
    """One line of their inbox, or all, has been read. Gives how many were new."""
    unread = Notice.objects.filter(user=user, read_at=None)
    return (unread if pk is None else unread.filter(pk=pk)).update(read_at=timezone.now())
