"""The partnerships that name two initiatives, for the page of the pair."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from partnerships.models import Partnership, Version
from partnerships.permissions import can_read_record, can_see

_MOST = 5


def naming_both(low: int, high: int, user: Any) -> list[Partnership]:
    """Those in force, proposed or ended that this person may see, the newest first: of a proposal its own people, of
    what is public everyone."""
    through: Any = Version.initiatives.through
    both = through.objects.filter(initiative=low, version__in=through.objects.filter(initiative=high).values("version"))
    rows = Partnership.objects.filter(stands__in=both.values("version")) | Partnership.objects.filter(
        versions__in=both.values("version"), versions__number=F("latest")
    )
    found = rows.select_related("stands").prefetch_related("readers").order_by("-pk").distinct()[:_MOST]
    versions = set(both.values_list("version_id", flat=True)) if found else set()
    return [
        one for one in found if can_read_record(user, one) or (one.stands_id in versions and can_see(user, one))
    ]  # of a change that waits only its own people know
