"""A socket's way out. Written straight on while its reader keeps up; one that falls behind waits by itself.

Writing one after another is what a raw broadcast costs; a queue and a task for each socket would cost a quarter more.
But one reader who does not drain must not hold up everyone: the first step of a send is taken by hand, and where it
would wait, the rest of it and all that follows go to a queue and a task of that socket's own until it has caught up.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import suppress
from typing import Any

BEHIND = 4408  # close code: too far behind; come again and ask for what is missing
MOST_WAITING = 200  # frames
LONGEST_WAIT = 15.0  # seconds to catch up in
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class Outlet:
    """One socket's. To be used in the loop of its process only."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._waiting: deque[str] | None = None  # None while the reader keeps up
        self._task: asyncio.Task[None] | None = None
        self.closed = asyncio.Event()
        self.close_code: int | None = None

    @property
    def is_behind(self) -> bool:
        return self._waiting is not None

    def write(self, text: str) -> None:
        """Send now, or when its turn comes. Never waits, never raises."""
        if self.closed.is_set():
            return
        if self._waiting is not None:
            if len(self._waiting) >= MOST_WAITING:
                self.close(BEHIND)
            else:
                self._waiting.append(text)
            return
        step = self._send({"type": "websocket.send", "text": text}).__await__()
        try:
            blocked_on = next(step)
        except StopIteration:
            return
        except Exception:  # the line is gone; whoever reads from it will hear so
            self.close(1006)
            return
        self._waiting = deque()
        self._task = asyncio.get_running_loop().create_task(self._catch_up(_Rest(step, blocked_on)))

    def close(self, code: int) -> None:
        """Let the socket go; its consumer sends the code where that can still be sent."""
        if not self.closed.is_set():
            self.close_code = code
            self.closed.set()
            if self._task is not None:
                self._task.cancel()

    async def _catch_up(self, rest: Awaitable[None]) -> None:
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                await rest
                while self._waiting:
                    await self._send({"type": "websocket.send", "text": self._waiting.popleft()})
            self._waiting = self._task = None
        except TimeoutError:
            self.close(BEHIND)
        except asyncio.CancelledError:
            raise
        except Exception:
            self.close(1006)


class _Rest:
    """A send whose first step was taken already, to be awaited to its end."""

    def __init__(self, step: Generator[Any, Any, None], blocked_on: Any) -> None:
        self._step = step
        self._blocked_on = blocked_on

    def __await__(self) -> Generator[Any, Any, None]:
        blocked_on = self._blocked_on
        with suppress(StopIteration):
            while True:
                try:
                    value = yield blocked_on
                except BaseException as error:
                    blocked_on = self._step.throw(error)
                else:
                    blocked_on = self._step.send(value)
