"""Redis by connections that a process keeps.

Under ASGI Django makes a cache's client anew for each request, and with it a pool of its own: every page that looked
into the cache opened a connection.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from redis import ConnectionPool


class SharedPool:
    """What Django's Redis cache asks for a pool."""

    @staticmethod
    @cache
    def from_url(url: str, **options: Any) -> ConnectionPool:
        """The process's one pool for this address; it sees by itself when a connection ended or the process forked."""
        return ConnectionPool.from_url(url, **options)
