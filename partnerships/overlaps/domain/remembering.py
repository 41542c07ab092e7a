"""What people were told, whatever becomes of the pair meanwhile."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from partnerships.overlaps.models import Pair, Told


def remember_told(pairs: Sequence[Pair]) -> None:
    """Set on these, not stored yet, when their people were told of them before. One query; nothing is written."""
    rows = Told.objects.filter(low__in={pair.low_id for pair in pairs}, high__in={pair.high_id for pair in pairs})
    known = {(low, high): at for low, high, at in rows.values_list("low", "high", "at")} if pairs else {}
    for pair in pairs:
        pair.told_at = known.get((pair.low_id, pair.high_id))


def keep_told(pairs: Sequence[Pair], at: datetime.datetime) -> None:
    """Their people are told of these, now and for good. Two queries."""
    Told.objects.bulk_create(
        (Told(low_id=one.low_id, high_id=one.high_id, at=at) for one in pairs), ignore_conflicts=True
    )
    Pair.objects.filter(pk__in=[one.pk for one in pairs]).update(told_at=at)
