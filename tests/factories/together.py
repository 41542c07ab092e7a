"""Several people at the very same moment, each in a transaction of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each gives or raises, done in threads that start together, on rows that are committed.

    SQLite lets one transaction write at a time, so there they come one after another.
    """

    def kept(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except Exception as error:
            return error

    if connection.vendor == "sqlite":
        return [kept(deed) for deed in deeds]
    together = Barrier(len(deeds), timeout=20)

    def begin(deed: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return kept(deed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return [done.result(timeout=60) for done in [threads.submit(begin, deed) for deed in deeds]]
