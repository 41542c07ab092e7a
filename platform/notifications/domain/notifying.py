"""Tell people of something of a kind they may have wishes about: one line while it is new, however often it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from notifications.announcing import announce
from notifications.domain.noting import one_line
from notifications.domain.preferring import wishes
from notifications.events import InboxChanged
from notifications.models import Notice
from texts.cleaning import clean_text


@dataclass(frozen=True)
class News:
    """`about` and `position`: what it belongs to and how far it reaches, so that seeing that is having read this."""

    kind: str
    title: Callable[[int], str]  # of how many things it tells
    path: str
    about: str
    position: int
    detail: str = ""
    grows: bool = False  # a new line of this kind about the same grows, instead of standing beside another


def notify(news: News, numbers: Mapping[int, int]) -> None:
    """`numbers`: of how many things each person is told, by their id. In the caller's transaction; four queries."""
    if not numbers:
        return
    now = timezone.now()
    wished = wishes(numbers.keys(), news.kind)
    growing: dict[int, Notice] = {}
    if news.grows:
        rows = Notice.objects.select_for_update().filter(kind=news.kind, about=news.about, read_at=None)
        growing = {notice.user_id: notice for notice in rows.filter(user__in=numbers.keys()).order_by("pk")}
    fresh: list[Notice] = []
    grown: list[Notice] = []
    for user_id, number in numbers.items():
        wish = wished[user_id]
        due = wish.email_due_at(now)
        if not wish.inbox and due is None:
            continue
        notice = growing.get(user_id) or Notice(user_id=user_id, kind=news.kind, about=news.about, number=0)
        notice.number += number
        notice.title, notice.detail = one_line(news.title(notice.number)), clean_text(news.detail)
        notice.path, notice.position, notice.created_at = news.path, news.position, now
        notice.in_inbox = wish.inbox
        if due is not None and notice.email_due_at is None:
            notice.email_due_at = due
        (grown if user_id in growing else fresh).append(notice)
    Notice.objects.bulk_create(fresh)
    changed = ["number", "title", "detail", "path", "position", "created_at", "in_inbox", "email_due_at"]
    Notice.objects.bulk_update(grown, changed, batch_size=500)
    announce(InboxChanged(tuple(numbers)))
