"""A thread as it is read: a page of posts, what changed since, how much is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from discussions.models import Participation, Post, Thread

PAGE_SIZE = 50
WAITS_FOR = timedelta(days=60)  # after that an account is no longer new, and nothing of it waits
MOST_CHANGES = 200


def _posts(thread: Thread) -> QuerySet[Post]:
    rows = Post.objects.filter(thread=thread).exclude(number=None)
    return rows.select_related("author", "organisation", "answers__author")


@dataclass(frozen=True)
class Page:
    """Some posts in a row, and whether there are others before and after."""

    posts: Sequence[Post]
    first: int
    last: int
    total: int

    @property
    def before(self) -> int | None:
        """The number to begin at for the page before this one."""
        return max(1, self.first - PAGE_SIZE) if self.first > 1 else None

    @property
    def waiting(self) -> int:
        """How many posts come after this page."""
        return max(0, self.total - self.last)

    @property
    def newest(self) -> int:
        """The number to begin at for the last page."""
        return max(1, self.total - PAGE_SIZE + 1)

    @property
    def after(self) -> int | None:
        return self.last + 1 if self.last < self.total else None


def page_from(thread: Thread, number: int | None) -> Page:
    """A page that begins at a post, or the last one. One query."""
    total = thread.posts
    first = max(1, min(number, total) if number else total - PAGE_SIZE + 1)
    posts = list(_posts(thread).filter(number__gte=first).order_by("number")[:PAGE_SIZE])
    last = posts[-1].number if posts else 0
    return Page(posts, first, last or 0, total)


def changes_after(thread: Thread, sequence: int) -> list[Post]:
    """The posts that changed since, each as it is now, in the order of their last changes: one page of them."""
    return list(_posts(thread).filter(changed__gt=sequence).order_by("changed")[: MOST_CHANGES + 1])


def waiting_posts_of(thread: Thread, user: Any) -> list[Post]:
    """Their own that a moderator has not looked at yet: one query, of a new account alone."""
    if not user.is_authenticated or user.date_joined < timezone.now() - WAITS_FOR:
        return []
    return list(Post.objects.filter(thread=thread, author=user, number=None, removed_at=None).order_by("pk"))


def participation_of(thread: Thread, user: object) -> Participation | None:
    if not getattr(user, "is_authenticated", False):
        return None
    return Participation.objects.filter(thread=thread, user=user).first()  # type: ignore[misc]  # a person, by now
