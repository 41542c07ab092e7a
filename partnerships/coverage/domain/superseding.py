"""A confirmed gap that something fills is a gap no longer, at once."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, rows_of
from partnerships.coverage.models import Closing, Confirmation, Counted


def supersede(counted: Mapping[int, Counted]) -> int:
    """Close what was confirmed where one of these now is: in the place or a part of it, not only around it or online.

    One query where nothing was confirmed. Gives how many were closed.
    """
    codes = {code for row in counted.values() if not row.online for code in row.places}
    standing = list(Confirmation.objects.select_for_update().filter(place__in=codes, closed_at=None)) if codes else []
    closed = 0
    for confirmation in standing:
        found = next((pk for pk, row in sorted(counted.items()) if fills(row, confirmation)), None)
        if found is not None:
            confirmation.closed_at, confirmation.closing = timezone.now(), Closing.STARTED.value
            confirmation.started_id = found
            confirmation.save(update_fields=["closed_at", "closing", "started"])
            closed += 1
    return closed


def fills(row: Counted, confirmation: Confirmation) -> bool:
    """Whether an initiative does, in that place, what was said that nobody does."""
    return (
        not row.online
        and confirmation.place_id in row.places
        and STEP_AT[confirmation.step] in rows_of(row.steps)
        and SUPPORT_AT[confirmation.support] in rows_of(row.support)
    )
