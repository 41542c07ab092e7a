"""What becomes of pairs when two initiatives turn out to be one. The pairs themselves are found anew."""

from __future__ import annotations

from django.db.models import Q

from discussions.models import Thread
from initiatives.about import INITIATIVE
from initiatives.events import InitiativesMerged
from initiatives.models import InitiativeMerge
from organisations.domain.carrying import carry, rows_of
from partnerships.overlaps.about import PAIR, ids_of, pair_key
from partnerships.overlaps.models import Judgement, Told

_TURNED = {"follows": "precedes", "precedes": "follows"}


def follow_merge(event: InitiativesMerged) -> None:
    """What people said and were told of the one that is gone is of the one that is kept; their talk, too."""
    merge = InitiativeMerge.objects.get(pk=event.merge_id)
    kept, gone = event.kept_id, event.gone_id
    of_gone = Q(low=gone) | Q(high=gone)
    for row in Judgement.objects.filter(of_gone).order_by("pk"):
        _carry_judgement(merge, row, kept, gone)
    for told in Told.objects.filter(of_gone).order_by("pk"):
        low, high = _sides(told.low_id, told.high_id, kept, gone)
        if low != high and not Told.objects.filter(low=low, high=high).exists():
            _carry_sides(merge, told, low, high)
    for thread in Thread.objects.filter(subject_kind=PAIR, subject_key__contains=str(gone)).order_by("pk"):
        _carry_talk(merge, thread, kept, gone)


def _sides(low: int, high: int, kept: int, gone: int) -> tuple[int, int]:
    one, other = (kept if pk == gone else pk for pk in (low, high))
    return min(one, other), max(one, other)


def _carry_sides(merge: InitiativeMerge, row: Judgement | Told, low: int, high: int) -> None:
    own = rows_of(type(row)).filter(pk=row.pk)
    for column, before, after in (("low_id", row.low_id, low), ("high_id", row.high_id, high)):
        if before != after:
            carry(merge, own, column, after)


def _carry_judgement(merge: InitiativeMerge, row: Judgement, kept: int, gone: int) -> None:
    """Said from the side of the smaller id; what somebody said of both counts once, as they said it of the kept one."""
    low, high = _sides(row.low_id, row.high_id, kept, gone)
    if low == high:
        return  # of the two that are one: what the merge was decided by
    own = rows_of(Judgement).filter(pk=row.pk)
    if row.counts and Judgement.objects.filter(low=low, high=high, user=row.user_id, counts=True).exists():
        carry(merge, own, "counts", False)
    if (row.low_id == gone) != (low == kept):
        parts = {_TURNED.get(name, name): value for name, value in row.parts.items()}
        if row.forward is not None:
            carry(merge, own, "forward", not row.forward)
        if parts != row.parts:
            carry(merge, own, "parts", parts)
    _carry_sides(merge, row, low, high)


def _carry_talk(merge: InitiativeMerge, thread: Thread, kept: int, gone: int) -> None:
    ids = ids_of(thread.subject_key)
    if ids is None or gone not in ids:
        return
    own = rows_of(Thread).filter(pk=thread.pk)
    low, high = _sides(*ids, kept, gone)
    if low == high:
        carry(merge, own, "subject_kind", INITIATIVE)
        carry(merge, own, "subject_key", str(kept))
    else:
        carry(merge, own, "subject_key", pair_key(low, high))
