"""Somebody answers for an initiative: what was asked is answered, and lists have it again."""

from __future__ import annotations

from initiatives.domain.listing import relist
from initiatives.models import Asking, Freshness, Initiative


def freshen(locked: Initiative) -> None:
    """Take back every doubt about it. In the caller's transaction, under the row's lock."""
    Asking.objects.filter(pk=locked.pk).delete()
    if locked.freshness == Freshness.FRESH:
        return
    Initiative.objects.filter(pk=locked.pk).update(freshness=Freshness.FRESH)
    relist([locked.pk])
