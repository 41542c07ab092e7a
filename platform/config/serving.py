"""What a process that serves pages does once, and what it does with each request's thread.

Under ASGI Django starts a thread for each request and another to see the first one end, and the thread opens a database
connection of its own. To open one to SQLite and to warm it takes 3 to 14 ms at 100,000 initiatives. Here a few threads
are kept, and with them the connections that the settings let them keep (`CONN_MAX_AGE`; PostgreSQL has a pool).
"""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.db import connections

MOST = 4  # threads kept; each connection may hold as much in memory as `config.connections` allows
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class KeptThreads:
    """An ASGI application whose requests run on kept threads, one request at a time on each."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._idle: list[ThreadPoolExecutor] = []

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        thread = self._idle.pop() if self._idle else ThreadPoolExecutor(1, thread_name_prefix="request")
        try:
            async with ThreadSensitiveContext(executor=thread):
                await self._application(scope, receive, send)
        finally:
            if len(self._idle) < MOST:
                self._idle.append(thread)
            else:
                thread.submit(connections.close_all)
                thread.shutdown(wait=False)


def settle() -> None:
    """Load what the first request would, and tell the garbage collector that all of it stays: going through two hundred
    thousand things that never go takes a tenth of a second each time."""
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
