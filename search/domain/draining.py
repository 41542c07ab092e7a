"""Telling Elasticsearch what changed: batch by batch, as often as it takes.

Several may drain at once, one may be killed anywhere: a change goes from the outbox only after the index has it,
telling twice is telling once, and of two tellings the later change wins whichever arrives first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from search.domain.mirroring import as_indexed
from search.engines import EngineFailed
from search.engines.elasticsearch import index
from search.models import IndexChange, SearchDocument

BATCH = 1_000
_LONGEST_PAUSE = 300  # seconds


class Change(NamedTuple):
    """What is read of an `IndexChange`."""

    pk: int
    kind: str
    object_id: int
    attempts: int


@dataclass(frozen=True)
class Drained:
    """What became of some changes."""

    told: int = 0
    refused: int = 0


@dataclass(frozen=True)
class _Batch:
    """Some changes, and what the index is told for them."""

    changes: Sequence[Change]
    targets: Sequence[str]
    written: Sequence[tuple[int, index.Document]]
    gone: Sequence[tuple[int, str, int]]

    def tell(self) -> list[index.Refusal]:
        return [refusal for target in self.targets for refusal in index.write(target, self.written, self.gone)]


def drain(batch: int = BATCH) -> Drained:
    """Tell the index of the oldest changes that are due: one batch.

    Raises EngineFailed where it does not answer: they are due again after a while, longer each time.
    """
    prepared = _prepare(0, batch)
    if prepared is None:
        return Drained()
    with _waiting_on_failure(prepared):
        refusals = prepared.tell()
    return _settle(prepared, refusals)


def drain_all() -> Drained:
    """Drain all that is due. While the index takes one batch the next is read. Raises EngineFailed likewise."""
    told = refused = 0
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="drain") as teller:
        batch = _prepare(0, BATCH)
        while batch is not None:
            telling = teller.submit(batch.tell)
            following = _prepare(batch.changes[-1].pk, BATCH)
            with _waiting_on_failure(batch):
                refusals = telling.result()
            done = _settle(batch, refusals)
            told, refused = told + done.told, refused + done.refused
            batch = following
    return Drained(told, refused)


def _prepare(after: int, size: int) -> _Batch | None:
    """The next changes that are due after an id, with what is to be told; None where there are none."""
    due = IndexChange.objects.filter(set_aside=False, due_at__lte=timezone.now(), pk__gt=after).order_by("pk")
    changes = [Change(*row) for row in due.values_list("pk", "kind", "object_id", "attempts")[:size]]
    if not changes:
        return None
    latest = {(change.kind, change.object_id): change.pk for change in changes}
    try:
        # Which indexes there are is asked before the rows are read: one that begins to be built after this reads
        # them later itself.
        targets = [index.living(), *([index.building()] if index.names_of(index.building()) else [])]
    except EngineFailed as error:
        _wait(changes, str(error))
        raise
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _pk in latest}:
        wanted |= Q(kind=kind, object_id__among=[pk for of, pk in latest if of == kind])
    rows = list(SearchDocument.objects.filter(wanted))
    documents = zip(rows, as_indexed(rows), strict=True)
    there = {(row.kind, row.object_id) for row in rows}
    return _Batch(
        changes,
        targets,
        [(latest[row.kind, row.object_id], document) for row, document in documents],
        [(version, kind, pk) for (kind, pk), version in latest.items() if (kind, pk) not in there],
    )


@contextmanager
def _waiting_on_failure(batch: _Batch) -> Iterator[None]:
    try:
        yield
    except EngineFailed as error:
        _wait(batch.changes, str(error))
        raise


def _settle(batch: _Batch, refusals: Sequence[index.Refusal]) -> Drained:
    """What was told leaves the outbox; what was refused for now waits, what was refused for good is set aside."""
    reasons = {(one.what, one.object_id): one for one in refusals}
    told = [change for change in batch.changes if (change.kind, change.object_id) not in reasons]
    IndexChange.objects.filter(pk__among=[change.pk for change in told]).delete()
    _forget_older(told)
    for key, refusal in reasons.items():
        of_it = [change for change in batch.changes if (change.kind, change.object_id) == key]
        if refusal.passing:
            _wait(of_it, refusal.reason)
        else:
            ids = [change.pk for change in of_it]
            IndexChange.objects.filter(pk__in=ids).update(set_aside=True, error=refusal.reason)
    return Drained(len(told), len(batch.changes) - len(told))


def _wait(changes: Sequence[Change], error: str) -> None:
    """Due again after two seconds, four, eight, at most five minutes."""
    attempts = max(change.attempts for change in changes) + 1
    IndexChange.objects.filter(pk__in=[change.pk for change in changes]).update(
        attempts=F("attempts") + 1,
        due_at=timezone.now() + timedelta(seconds=min(_LONGEST_PAUSE, 2**attempts)),
        error=error[:500],
    )


def _forget_older(told: Sequence[Change]) -> None:
    """A change that was set aside is over once a later one of the same document is told."""
    if not IndexChange.objects.filter(set_aside=True).exists():
        return
    for change in told:
        older = IndexChange.objects.filter(kind=change.kind, object_id=change.object_id, pk__lt=change.pk)
        older.filter(set_aside=True).delete()
