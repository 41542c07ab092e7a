"""Who posts too fast waits, and nobody else does."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache

from accounts.models import User
from discussions.domain.errors import TooFast
from discussions.models import Thread

_WINDOW = 60  # seconds


def slow_down(user: User, thread: Thread) -> None:
    """Count one post more of this person: so many a minute in one thread, twice as many in all. Raises TooFast.

    A retry counts as well: it is harmless, and is let through as soon as the minute is over.
    """
    most = settings.POSTS_A_MINUTE
    if not most:
        return
    now = int(time.time())
    window = now // _WINDOW
    for key, allowed in ((f"{user.pk}:{thread.pk}", most), (f"{user.pk}", 2 * most)):
        if _counted(f"posts:{key}:{window}") > allowed:
            raise TooFast(_WINDOW - now % _WINDOW)


def remember(session: str, seconds: int) -> None:
    """Whoever has this session is too fast for so long: that is told without asking who they are."""
    cache.set(_remembered(session), time.time() + seconds, seconds)


def seconds_to_wait(session: str) -> int:
    """What was remembered of a session: nought for all but those who are too fast."""
    if not session or not settings.POSTS_A_MINUTE:
        return 0
    until = cache.get(_remembered(session), 0.0)
    return max(0, int(until - time.time()) + 1) if until else 0


def _remembered(session: str) -> str:
    return "too-fast:" + hashlib.sha256(session.encode()).hexdigest()


def _counted(key: str) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # the first of this minute
        cache.add(key, 0, 2 * _WINDOW)
        return int(cache.incr(key))
