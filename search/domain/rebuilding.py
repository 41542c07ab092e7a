"""Building the index anew beside the living one, and comparing it with the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q

from search.domain.mirroring import as_indexed
from search.domain.outbox import note_again
from search.engines.elasticsearch import index
from search.models import IndexChange, SearchDocument
from search.query import What

BATCH = 1_000
Progress = Callable[[int, int], None]  # documents done, documents in all
Key = tuple[str, int]


def rebuild_index(progress: Progress = lambda done, total: None) -> list[index.Refusal]:
    """Fill a new index from the documents and let it take the living one's place at once. Gives what it refused.

    Changes made meanwhile are told to both (`search.domain.draining`); their versions are higher than what is written
    here, so it does not matter which comes first. Raises EngineFailed; the living index is then as it was.
    """
    name = index.lay_beside()
    total, done = SearchDocument.objects.count(), 0
    refused: list[index.Refusal] = []
    for rows in _batches():
        documents = [(max(row.version, 1), document) for row, document in zip(rows, as_indexed(rows), strict=True)]
        refused += index.write(index.building(), documents)
        done += len(rows)
        progress(done, max(total, done))
    index.swap(name)
    return refused


@dataclass(frozen=True)
class Differences:
    """What the index has otherwise than the database: (kind, id) of each."""

    missing: Sequence[Key]
    stale: Sequence[Key]
    extra: Sequence[Key]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)

    def __len__(self) -> int:
        return len(self.missing) + len(self.stale) + len(self.extra)


def compare() -> Differences:
    """Every document of the database with the living index's, word for word. What waits to be told is no difference.

    Raises EngineFailed.
    """
    missing: list[Key] = []
    stale: list[Key] = []
    for rows in _batches():
        found = index.read([index.key(row.kind, row.object_id) for row in rows])
        for row, wanted in zip(rows, as_indexed(rows), strict=True):
            there = found.get(index.key(row.kind, row.object_id))
            if there is None:
                missing.append((row.kind, row.object_id))
            elif there != wanted:
                stale.append((row.kind, row.object_id))
    extra = list(_extra())
    awaited = set(IndexChange.objects.filter(set_aside=False).values_list("kind", "object_id"))
    return Differences(*([key for key in keys if key not in awaited] for keys in (missing, stale, extra)))


def mend(differences: Differences) -> None:
    """Have everything that differs told again."""
    for kind in What:
        every = (*differences.missing, *differences.stale, *differences.extra)
        ids = [pk for of, pk in every if of == kind]
        for start in range(0, len(ids), BATCH):
            note_again(kind, ids[start : start + BATCH])


def _batches() -> Iterator[list[SearchDocument]]:
    """Every document there is now; what comes later is told as a change."""
    last, end = 0, SearchDocument.objects.aggregate(end=Max("pk"))["end"] or 0
    while rows := list(SearchDocument.objects.filter(pk__gt=last, pk__lte=end).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk


def _extra() -> Iterator[Key]:
    """What the index holds and the database does not."""
    after = ""
    while keys := index.every_key(after):
        wanted = Q(pk__in=[])
        for kind in What:
            wanted |= Q(kind=kind, object_id__in=[pk for of, pk in keys if of == kind])
        there = set(SearchDocument.objects.filter(wanted).values_list("kind", "object_id"))
        yield from (key for key in keys if key not in there)
        after = index.key(*keys[-1])
