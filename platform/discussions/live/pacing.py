"""Something that is done at once, and then at most once a while however often it is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Paced:
    """`want()` calls `act` now if it was not called within the pause, else once at its end. In one loop only."""

    def __init__(self, act: Callable[[], None], pause: float) -> None:
        self._act, self._pause = act, pause
        self._last = float("-inf")
        self._later: asyncio.TimerHandle | None = None

    def want(self) -> None:
        if self._later is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._last + self._pause - loop.time()
        if wait <= 0:
            self._run()
        else:
            self._later = loop.call_later(wait, self._run)

    def stop(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None

    def _run(self) -> None:
        self._later = None
        self._last = asyncio.get_running_loop().time()
        self._act()
