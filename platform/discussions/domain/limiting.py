"""Who posts too fast waits, and nobody else does."""

from __future__ import annotations

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


def _counted(key: str) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # the first of this minute
        cache.add(key, 0, 2 * _WINDOW)
        return int(cache.incr(key))
