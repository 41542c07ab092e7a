"""The numbers of a thread's changes and posts: taken one after another, without gaps, under the thread's lock.

One statement takes the lock and the number; whoever comes next waits for the commit, and a roll-back gives the number
back. What is announced after the commit can therefore be put in order, and what is missing can be asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Taken:
    """A change's number, and how many posts the thread has with it."""

    sequence: int
    posts: int


def number_post(thread_id: int, now: datetime.datetime) -> Taken | None:
    """The next change and the next post, in the caller's transaction; None where the thread is closed or gone."""
    return _take(
        "UPDATE discussions_thread SET sequence = sequence + 1, posts = posts + 1, last_posted_at = %s "
        "WHERE id = %s AND closed_at IS NULL RETURNING sequence, posts",
        [connection.ops.adapt_datetimefield_value(now), thread_id],
    )


def number_change(thread_id: int) -> Taken | None:
    """The next change; None where the thread is gone."""
    return _take(
        "UPDATE discussions_thread SET sequence = sequence + 1 WHERE id = %s RETURNING sequence, posts", [thread_id]
    )


def number_thread_change(thread_id: int) -> Taken | None:
    """The next change, of the thread itself."""
    return _take(
        "UPDATE discussions_thread SET sequence = sequence + 1, changed = sequence + 1 "
        "WHERE id = %s RETURNING sequence, posts",
        [thread_id],
    )


def _take(statement: str, values: Sequence[Any]) -> Taken | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return Taken(*row) if row else None
