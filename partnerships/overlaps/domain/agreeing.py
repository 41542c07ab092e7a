"""Pairs that a partnership in force names: kept with each pair, so that lists and boards need not ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from initiatives.models import Initiative
from partnerships.events import TogetherChanged
from partnerships.overlaps.models import Pair
from partnerships.queries.together import working_together

_BATCH = 2_000


def follow_partnerships(event: TogetherChanged) -> None:
    _agree_anew(event.initiatives)


def agree_all() -> int:
    """Ask of every pair: a partnership's last day passes without a word. Gives how many changed."""
    at, changed = 0, 0
    while pairs := list(Pair.objects.filter(pk__gt=at).order_by("pk").only("low", "high", "agreed")[:_BATCH]):
        before = [pair.agreed for pair in pairs]
        note_agreed(pairs)
        other = [pair for pair, agreed in zip(pairs, before, strict=True) if pair.agreed is not agreed]
        if other:
            changed += _agree_anew(pk for pair in other for pk in (pair.low_id, pair.high_id))
        at = pairs[-1].pk
    return changed


def note_agreed(pairs: Sequence[Pair]) -> None:
    """Set it on these, stored or not. One query; nothing is written."""
    together = working_together({(pair.low_id, pair.high_id) for pair in pairs})
    for pair in pairs:
        pair.agreed = (pair.low_id, pair.high_id) in together


@transaction.atomic(savepoint=False)
def _agree_anew(initiatives: Iterable[int]) -> int:
    """Ask again of the pairs among these; gives how many changed. The initiatives are locked in the order of their ids,
    as whoever finds or judges a pair locks them, so that neither keeps what was true before the other; then the rows.
    """
    some = set(initiatives)
    locked = Initiative.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=some).order_by("pk")
    list(locked.values_list("pk", flat=True))
    pairs = list(Pair.objects.select_for_update(no_key=True).filter(low__in=some, high__in=some).order_by("pk"))
    before = {pair.pk: pair.agreed for pair in pairs}
    note_agreed(pairs)
    for agreed in (True, False):
        changed = [pair.pk for pair in pairs if pair.agreed is agreed and before[pair.pk] is not agreed]
        Pair.objects.filter(pk__in=changed).update(agreed=agreed)
    return sum(pair.agreed is not before[pair.pk] for pair in pairs)
