"""What lists, searches and counts show: the one rule of it."""

from __future__ import annotations

from django.db.models import QuerySet

from initiatives.models import Freshness, Initiative, Status


def listed() -> QuerySet[Initiative]:
    """Cleared, not over, and not hidden because nobody says that it runs. As `Initiative.is_listed`."""
    return Initiative.objects.filter(
        live=True,
        status__in=(Status.RUNNING, Status.PAUSED),
        freshness__in=(Freshness.FRESH, Freshness.STALE),
    )
