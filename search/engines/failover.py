"""When the engine is down, slow or lying, the database answers, and says so.

A circuit breaker (Nygard, Release It!, 2007) spares later pages the wait: after a failure the engine is left alone for
a few seconds, longer each time, then one question tries it again; it closes by itself at the first good answer.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from search.engines.base import EngineFailed, SearchEngine
from search.meaning.encoder import Vector
from search.query import PAGE_SIZE, SearchQuery
from search.results import SearchResults
from search.words import Words

logger = logging.getLogger("steppingstones.search")
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0  # seconds
Found = TypeVar("Found")


class Breaker:
    """Whether an engine may be asked; one for each process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pause = 0.0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """The engine failed and has not answered well since."""
        return self._pause > 0

    def lets_through(self) -> bool:
        """True while the engine answers; after a failure true for one question each pause."""
        with self._lock:
            now = time.monotonic()
            if not self._pause:
                return True
            if now < self._until:
                return False
            self._until = now + self._pause  # one tries, the others go on with the database
            return True

    def failed(self) -> None:
        with self._lock:
            self._pause = min(LONGEST_PAUSE, self._pause * 2 or FIRST_PAUSE)
            self._until = time.monotonic() + self._pause

    def answered(self) -> None:
        with self._lock:
            self._pause = 0.0


class FailoverEngine:
    """An engine with another in reserve."""

    def __init__(self, first: SearchEngine, reserve: Callable[[], SearchEngine], breaker: Breaker) -> None:
        self._first = first
        self._reserve = reserve
        self._breaker = breaker
        self.name = first.name

    def search(
        self,
        query: SearchQuery,
        words: Words,
        *,
        meaning: Vector | None = None,
        facets: bool = True,
        size: int = PAGE_SIZE,
    ) -> SearchResults:
        found = self._try(lambda: self._first.search(query, words, meaning=meaning, facets=facets, size=size))
        if found is not None:
            return found
        answer = self._reserve().search(query, words, meaning=meaning, facets=facets, size=size)
        return replace(answer, fallback=True)

    def more_like(
        self, text: str, *, what: str, besides: int, limit: int, meaning: Vector | None = None
    ) -> Sequence[int]:
        def ask(engine: SearchEngine) -> Sequence[int]:
            return engine.more_like(text, what=what, besides=besides, limit=limit, meaning=meaning)

        found = self._try(lambda: ask(self._first))
        return found if found is not None else ask(self._reserve())

    def _try(self, question: Callable[[], Found]) -> Found | None:
        if not self._breaker.lets_through():
            return None
        try:
            answer = question()
        except EngineFailed as error:
            self._breaker.failed()
            logger.warning("The search server does not answer, the database does: %s", error)
            return None
        self._breaker.answered()
        return answer
