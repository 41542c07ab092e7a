"""Computing what documents mean, beside the requests that change them: once for each text.

A change is noted in its transaction (`note_texts`); whoever encodes remembers up to which change a vector is right, so
that a change made meanwhile has its turn after. Two who encode at once do work twice, and write the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from search.domain.outbox import note_again
from search.kinds import kind_of
from search.meaning.encoder import Encoder, current_encoder, is_wanted
from search.meaning.packing import packed
from search.models import SearchDocument, SearchVector
from search.query import What

BATCH = 200
_GONE = 500
Progress = Callable[[int, int], None]  # texts done, texts in all
_DUE = Q(noted__gt=F("encoded"))


def note_texts(kind: What, ids: Iterable[int]) -> None:
    """Note that the texts of these documents may have changed. Nothing where no encoder is wanted."""
    if not is_wanted():
        return
    pks = sorted(ids)
    known = set(SearchVector.objects.filter(kind=kind, object_id__in=pks).values_list("object_id", flat=True))
    SearchVector.objects.filter(kind=kind, object_id__in=known).update(noted=F("noted") + 1)
    SearchVector.objects.bulk_create(
        [SearchVector(kind=kind, object_id=pk) for pk in pks if pk not in known], ignore_conflicts=True
    )


def encode_due(progress: Progress = lambda done, total: None) -> int:
    """Bring every vector up to date; gives how many texts were encoded.

    Without an encoder all vectors go: nothing would keep them true. With another one than before all are made anew.
    """
    encoder = current_encoder()
    if encoder is None:
        if not is_wanted():
            SearchVector.objects.all().delete()
        return 0
    _agree_with_documents(encoder)
    due = SearchVector.objects.filter(_DUE).order_by("pk")
    total, done, encoded, last = due.count(), 0, 0, 0
    while batch := list(due.filter(pk__gt=last).defer("vector")[:BATCH]):
        encoded += _encode(encoder, batch)
        last, done = batch[-1].pk, done + len(batch)
        progress(done, max(total, done))
    return encoded


def waiting() -> int:
    """How many texts have no vector of theirs yet."""
    return SearchVector.objects.filter(_DUE).count()


def _agree_with_documents(encoder: Encoder) -> None:
    """A row for each document and for nothing else; those of another model are due."""
    documents = SearchDocument.objects.order_by().values_list("kind", "object_id")
    vectors = SearchVector.objects.order_by().values_list("kind", "object_id")
    # A difference of sets is quick whatever the database knows of the tables' sizes; a join of fresh ones was not.
    SearchVector.objects.bulk_create(
        [SearchVector(kind=kind, object_id=pk) for kind, pk in documents.difference(vectors)],
        batch_size=1_000,
        ignore_conflicts=True,
    )
    gone = list(vectors.difference(documents))
    for start in range(0, len(gone), _GONE):
        few = gone[start : start + _GONE]
        for kind in {kind for kind, _pk in few}:
            SearchVector.objects.filter(kind=kind, object_id__in=[pk for of, pk in few if of == kind]).delete()
    SearchVector.objects.exclude(model__in=["", encoder.name]).update(encoded=0, model="", digest="", vector=None)


def _encode(encoder: Encoder, batch: Sequence[SearchVector]) -> int:
    texts: dict[tuple[str, int], str] = {}
    for kind in {one.kind for one in batch}:
        found = kind_of(kind).texts([one.object_id for one in batch if one.kind == kind])
        texts |= {(kind, pk): text for pk, text in found.items()}
    changed = []
    for one in batch:
        text = texts.get((one.kind, one.object_id), "")
        digest = sha256(text.encode()).hexdigest()
        if (one.digest, one.model) != (digest, encoder.name):
            one.digest, one.model = digest, encoder.name
            changed.append((one, text))
    vectors = encoder.encode([text for _one, text in changed]) if changed else ()
    now = timezone.now()
    for (one, _text), vector in zip(changed, vectors, strict=True):
        one.vector, one.encoded_at = packed(vector), now
    _write(batch, [one for one, _text in changed])
    return len(changed)


@transaction.atomic
def _write(batch: Sequence[SearchVector], changed: Sequence[SearchVector]) -> None:
    """Up to the change that was read; the index is told of vectors that are new."""
    for one in batch:
        one.encoded = one.noted
    SearchVector.objects.bulk_update(changed, ["model", "digest", "vector", "encoded_at"], batch_size=100)
    SearchVector.objects.bulk_update(batch, ["encoded"], batch_size=500)
    for kind in What:
        note_again(kind, [one.object_id for one in changed if one.kind == kind])
