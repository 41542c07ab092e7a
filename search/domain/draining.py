"""Telling Elasticsearch what changed: batch by batch, as often as it takes.

Several may drain at once, one may be killed anywhere: a change goes from the outbox only after the index has it,
telling twice is telling once, and of two tellings the later change wins whichever arrives first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from search.domain.mirroring import as_indexed
from search.engines import EngineFailed
from search.engines.elasticsearch import index
from search.models import IndexChange, SearchDocument

BATCH = 1_000
_LONGEST_PAUSE = 300  # seconds
Key = tuple[str, int]


@dataclass(frozen=True)
class Drained:
    """What became of some changes."""

    told: int = 0
    refused: int = 0


def drain(batch: int = BATCH) -> Drained:
    """Tell the index of the oldest changes that are due; none are left where nothing was told or refused.

    Raises EngineFailed where it does not answer: they are due again after a while, longer each time.
    """
    due = IndexChange.objects.filter(set_aside=False, due_at__lte=timezone.now()).order_by("id")
    changes = list(due[:batch])
    if not changes:
        return Drained()
    latest: dict[Key, int] = {}
    for change in changes:
        latest[change.kind, change.object_id] = change.pk
    try:
        refusals = _tell(latest)
    except EngineFailed as error:
        _wait(changes, str(error))
        raise
    reasons = {(one.what, one.object_id): one for one in refusals}
    told = [change for change in changes if (change.kind, change.object_id) not in reasons]
    IndexChange.objects.filter(pk__in=[change.pk for change in told]).delete()
    _forget_older(told)
    for key, refusal in reasons.items():
        of_it = [change for change in changes if (change.kind, change.object_id) == key]
        if refusal.passing:
            _wait(of_it, refusal.reason)
        else:
            ids = [change.pk for change in of_it]
            IndexChange.objects.filter(pk__in=ids).update(set_aside=True, error=refusal.reason)
    return Drained(len(told), len(changes) - len(told))


def drain_all() -> Drained:
    """Drain until nothing is due. Raises EngineFailed where the index does not answer."""
    told = refused = 0
    while True:
        done = drain()
        if not done.told:
            return Drained(told, refused + done.refused)
        told, refused = told + done.told, refused + done.refused


def _tell(latest: dict[Key, int]) -> list[index.Refusal]:
    # Which indexes there are is asked before the rows are read: one that begins to be built after this reads them
    # later itself.
    targets = [index.living(), *([index.building()] if index.names_of(index.building()) else [])]
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _pk in latest}:
        wanted |= Q(kind=kind, object_id__in=[pk for of, pk in latest if of == kind])
    rows = list(SearchDocument.objects.filter(wanted))
    written = [
        (latest[row.kind, row.object_id], document) for row, document in zip(rows, as_indexed(rows), strict=True)
    ]
    there = {(row.kind, row.object_id) for row in rows}
    gone = [(version, kind, pk) for (kind, pk), version in latest.items() if (kind, pk) not in there]
    return [refusal for target in targets for refusal in index.write(target, written, gone)]


def _wait(changes: Sequence[IndexChange], error: str) -> None:
    """Due again after two seconds, four, eight, at most five minutes."""
    attempts = max(change.attempts for change in changes) + 1
    IndexChange.objects.filter(pk__in=[change.pk for change in changes]).update(
        attempts=F("attempts") + 1,
        due_at=timezone.now() + timedelta(seconds=min(_LONGEST_PAUSE, 2**attempts)),
        error=error[:500],
    )


def _forget_older(told: Sequence[IndexChange]) -> None:
    """A change that was set aside is over once a later one of the same document is told."""
    if not IndexChange.objects.filter(set_aside=True).exists():
        return
    for change in told:
        older = IndexChange.objects.filter(kind=change.kind, object_id=change.object_id, pk__lt=change.pk)
        older.filter(set_aside=True).delete()
