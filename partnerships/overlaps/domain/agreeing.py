"""Pairs that a partnership in force names: kept with each pair, so that lists and boards need not ask."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from partnerships.events import TogetherChanged
from partnerships.overlaps.models import Pair
from partnerships.queries.together import working_together

_BATCH = 2_000


def follow_partnerships(event: TogetherChanged) -> None:
    some = event.initiatives
    _agree_anew(list(Pair.objects.filter(Q(low__in=some) | Q(high__in=some)).order_by("pk")))


def agree_all() -> int:
    """Ask of every pair: a partnership's last day passes without a word. Gives how many changed."""
    at, changed = 0, 0
    while pairs := list(Pair.objects.filter(pk__gt=at).order_by("pk").only("low", "high", "agreed")[:_BATCH]):
        changed += _agree_anew(pairs)
        at = pairs[-1].pk
    return changed


def note_agreed(pairs: Sequence[Pair]) -> None:
    """Set it on these, stored or not. One query; nothing is written."""
    together = working_together({(pair.low_id, pair.high_id) for pair in pairs})
    for pair in pairs:
        pair.agreed = (pair.low_id, pair.high_id) in together


def _agree_anew(pairs: Sequence[Pair]) -> int:
    before = {pair.pk: pair.agreed for pair in pairs}
    note_agreed(pairs)
    for agreed in (True, False):
        changed = [pair.pk for pair in pairs if pair.agreed is agreed and before[pair.pk] is not agreed]
        Pair.objects.filter(pk__in=changed).update(agreed=agreed)
    return sum(pair.agreed is not before[pair.pk] for pair in pairs)
