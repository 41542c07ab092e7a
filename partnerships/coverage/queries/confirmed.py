"""What coordinators confirmed that nobody does."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from partnerships.coverage.models import Confirmation


def confirmed_in(codes: Collection[str], today: datetime.date) -> Mapping[tuple[str, str], Confirmation]:
    """(Step, support or "" for all of it) → what stands today. Of several places: what stands in every one of them,
    and the oldest of those. One query."""
    found: dict[tuple[str, str], list[Confirmation]] = defaultdict(list)
    for one in Confirmation.objects.filter(place__in=codes, closed_at=None, lapses_on__gte=today):
        found[one.step, one.support].append(one)
    everywhere = {cell: those for cell, those in found.items() if len({one.place_id for one in those}) == len(codes)}
    return {cell: min(those, key=lambda one: one.confirmed_at) for cell, those in everywhere.items()}
