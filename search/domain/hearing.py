"""Discussions follow what is said in them within a minute; what nobody may read any more goes at once."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from discussions.events import PostChanged, ThreadChanged
from discussions.models import Thread
from search.domain.indexing import index_documents
from search.models import SearchedThread
from search.query import What

BATCH = 100


def follow_post(event: PostChanged) -> None:
    """A post that was removed is no longer found by its words; any other change has time."""
    if event.post.is_removed:
        follow([event.post.thread_id])


def follow_thread(event: ThreadChanged) -> None:
    if event.readers:
        follow([event.thread_id])


@transaction.atomic
def follow(ids: list[int]) -> None:
    """Describe these discussions as they are now."""
    # Read before they are described: what is said meanwhile has its turn after.
    sequences = dict(Thread.objects.filter(pk__in=ids).values_list("pk", "sequence"))
    index_documents(What.DISCUSSIONS, ids)
    SearchedThread.objects.bulk_create(
        [SearchedThread(thread_id=pk, sequence=sequence) for pk, sequence in sequences.items()],
        update_conflicts=True,
        unique_fields=["thread_id"],
        update_fields=["sequence"],
    )
    SearchedThread.objects.filter(thread_id__in=set(ids) - set(sequences)).delete()


def catch_up() -> int:
    """Describe every discussion that changed since. Gives how many."""
    reached = SearchedThread.objects.filter(thread_id=OuterRef("pk")).values("sequence")[:1]
    rows = Thread.objects.annotate(reached=Subquery(reached)).filter(Q(reached=None) | Q(sequence__gt=F("reached")))
    number = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        follow(ids)
        number += len(ids)
    return number
