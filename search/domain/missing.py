"""Counting what was looked for and not found: by month, place, step and support, and by nothing that tells who."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from initiatives.events import NothingFound
from search.models import MissedSearch
from texts.months import month_of, months_before

logger = logging.getLogger("steppingstones.events")

MOST_CELLS = 12  # who asks for more at once asks for everything
MONTHS_KEPT = 24
PATIENCE = 200  # milliseconds


def follow_nothing_found(event: NothingFound) -> None:
    """One that finds the database busy is not counted: that is no fault."""
    try:
        count_missed(event.place, event.steps, event.support)
    except OperationalError as error:
        if connection.vendor != "sqlite" or "locked" not in str(error):
            raise
        logger.info("A search that found nothing was not counted: %s", error)


def count_missed(place: str, steps: Iterable[str], support: Iterable[str], *, month: int | None = None) -> int:
    """One more for each step with each kind of support that was asked for, in one statement that two at once add up
    in. Gives how many cells were counted."""
    cells = sorted((step, kind) for step in set(steps) or {""} for kind in set(support) or {""})
    if len(cells) > MOST_CELLS:
        return 0
    now = month or month_of(timezone.localdate())
    table = connection.ops.quote_name(MissedSearch._meta.db_table)
    marks = ", ".join(["(%s, %s, %s, %s, 1)"] * len(cells))
    with _without_waiting() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (month, place_code, step, support, count) VALUES {marks} "  # noqa: S608  our own table's name
            f"ON CONFLICT (place_code, month, step, support) DO UPDATE SET count = {table}.count + 1",
            [value for step, kind in cells for value in (now, place, step, kind)],
        )
    return len(cells)


@contextmanager
def _without_waiting() -> Iterator[CursorWrapper]:
    """On SQLite who writes waits for whoever writes before, an import for one: a search does not, for longer than a
    fifth of a second. What could not be counted is not counted."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            yield cursor
            return
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield cursor
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def forget_missed(today: datetime.date | None = None) -> int:
    """Delete the numbers of months that are older than two years. Gives how many rows."""
    oldest = months_before(month_of(today or timezone.localdate()), MONTHS_KEPT)
    return MissedSearch.objects.filter(month__lt=oldest).delete()[0]
