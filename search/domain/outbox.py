"""What Elasticsearch has to be told of, kept with the change itself (a transactional outbox).

The change's id is the document's version in the index. Whoever notes a change locks the document first and describes it
afterwards, so that of two transactions the later one has the higher id and has seen what the other wrote.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from search.models import IndexChange, SearchDocument
from search.query import What

SHOWN = 50


def note_changes(kind: What, ids: Iterable[int]) -> dict[int, int]:
    """Note that documents change in this transaction; gives each one's version. Nothing where the database alone
    searches."""
    if not settings.ELASTICSEARCH_URL:
        return {}
    ordered = sorted(set(ids))
    if connection.features.has_select_for_update:
        held = SearchDocument.objects.select_for_update().filter(kind=kind, object_id__in=ordered)
        list(held.order_by("object_id").values_list("pk"))
    noted = IndexChange.objects.bulk_create([IndexChange(kind=kind, object_id=pk) for pk in ordered])
    return {change.object_id: change.pk for change in noted}


@transaction.atomic
def note_again(kind: What, ids: Iterable[int]) -> None:
    """Have documents told once more, as they are."""
    versions = note_changes(kind, ids)
    documents = list(SearchDocument.objects.filter(kind=kind, object_id__in=versions))
    for document in documents:
        document.version = versions[document.object_id]
    SearchDocument.objects.bulk_update(documents, ["version"], batch_size=200)


def waiting() -> int:
    """How many changes the index does not have yet."""
    return IndexChange.objects.filter(set_aside=False).count()


def waiting_since() -> datetime | None:
    """When the oldest of them was made."""
    row = IndexChange.objects.filter(set_aside=False).order_by("id").values_list("created_at", flat=True).first()
    return row


def set_aside() -> list[IndexChange]:
    """What the index refused for good, and why: the latest fifty."""
    return list(IndexChange.objects.filter(set_aside=True).order_by("-id")[:SHOWN])


def try_again() -> int:
    """Take up what was set aside. Gives how many."""
    return IndexChange.objects.filter(set_aside=True).update(set_aside=False, attempts=0, due_at=timezone.now())
