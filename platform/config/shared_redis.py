"""Redis by connections that a process keeps, and pages that do without it while it is gone.

Under ASGI Django makes a cache's client anew for each request, and with it a pool of its own: every page that looked
into the cache opened a connection.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import ConnectionPool
from redis.exceptions import RedisError

logger = logging.getLogger("steppingstones.cache")
PATIENCE = 1.0  # seconds that a page waits for it


class SharedPool:
    """What Django's Redis cache asks for a pool."""

    @staticmethod
    @cache
    def from_url(url: str, **options: Any) -> ConnectionPool:
        """The process's one pool for this address; it sees by itself when a connection ended or the process forked."""
        waits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        return ConnectionPool.from_url(url, **waits, **options)


class ForgivingCache(RedisCache):
    """A cache that keeps nothing while Redis is gone: pages are made anew, limits let through, jobs run.

    What is kept there is never the only copy of anything.
    """

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _forgiven(default, super().get, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        _forgiven(None, super().set, *args, **kwargs)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_forgiven(True, super().add, *args, **kwargs))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Raises ValueError where there is no such key."""
        return int(_forgiven(delta, super().incr, key, delta, version))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(_forgiven(False, super().touch, *args, **kwargs))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(_forgiven(False, super().delete, key, version))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(_forgiven(False, super().has_key, key, version))

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return dict(_forgiven({}, super().get_many, keys, version))

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return list(_forgiven([], super().set_many, *args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        _forgiven(None, super().delete_many, *args, **kwargs)


def _forgiven(otherwise: Any, act: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    try:
        return act(*args, **kwargs)
    except (RedisError, OSError) as error:
        logger.warning("The cache does not answer: %s: %s", type(error).__name__, error)
        return otherwise
