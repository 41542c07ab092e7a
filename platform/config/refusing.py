"""Who was told to wait, and asks the same again within the second, hears the same again.

One who floods costs then what it takes to read a request: no thread, no middleware, no database.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

TOO_MANY = 429
JSON = b"application/json"
KEPT_FOR = 1.0  # seconds: what is told of how long to wait stays true
MOST = 1_000
_TOLD = {b"cookie", b"accept", b"accept-language", b"host", b"x-csrftoken"}
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]


class Refusals:
    """An ASGI application that repeats what it answered to a person who is too fast."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._said: dict[Hashable, tuple[float, list[Any]]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        asked = _asked(scope)
        until, said = self._said.get(asked, (0.0, [])) if asked else (0.0, [])
        if until > time.monotonic():
            for message in said:
                await send(message)
        elif asked:
            await self._listen(asked, scope, receive, send)
        else:
            await self._application(scope, receive, send)

    async def _listen(self, asked: Hashable, scope: Any, receive: Any, send: Send) -> None:
        said: list[Any] = []

        async def noted(message: Any) -> None:
            if said or message.get("status") == TOO_MANY:
                said.append(message)
            await send(message)

        await self._application(scope, receive, noted)
        if said:
            now = time.monotonic()
            if len(self._said) >= MOST:
                self._said = {key: kept for key, kept in self._said.items() if kept[0] > now}
            if len(self._said) < MOST:
                self._said[asked] = (now + KEPT_FOR, said)


def _asked(scope: Any) -> Hashable:
    """Who sends where, as far as an answer depends on it; None where that does not tell one person from another, and
    for a form sent without a script: its answer gives back what was typed, which differs each time."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    told = tuple((name, value) for name, value in scope["headers"] if name in _TOLD)
    names = {name for name, _value in told}
    return (scope["path"], told) if b"cookie" in names and (b"accept", JSON) in told else None
