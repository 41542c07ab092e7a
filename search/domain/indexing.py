"""Keeping what can be searched in step with what is public, in the transaction of each change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from initiatives.events import InitiativesChanged
from organisations.events import OrganisationsChanged
from search.domain import spelling
from search.domain.encoding import note_texts
from search.domain.outbox import note_changes
from search.kinds import kind_of
from search.models import SearchDocument, SearchWord
from search.query import What
from search.words import stem

BATCH = 500
_LONGEST_WORD = 40
_known: set[str] = set()  # words this process knows to be kept
_COLUMNS = [
    field.name for field in SearchDocument._meta.concrete_fields if field.name not in ("id", "kind", "object_id")
]


def index_changed_initiatives(event: InitiativesChanged) -> None:
    index_documents(What.INITIATIVES, event.ids)


def index_changed_organisations(event: OrganisationsChanged) -> None:
    index_documents(What.ORGANISATIONS, event.ids)


def index_documents(what: What, ids: Sequence[int]) -> None:
    """Bring the documents of these in step with their rows; those not public have none."""
    for start in range(0, len(ids), BATCH):
        _follow(what, ids[start : start + BATCH])


def rebuild(batch: int = 2_000) -> int:
    """Describe everything public anew. Gives how many documents there are."""
    with transaction.atomic():
        SearchDocument.objects.all().delete()
        for what in What:
            found = list(kind_of(what).listed().order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(found), batch):
                index_documents(what, found[start : start + batch])
    return SearchDocument.objects.count()


@transaction.atomic
def _follow(kind: What, ids: Sequence[int]) -> None:
    versions = note_changes(kind, ids)
    documents = kind_of(kind).describe(ids)
    for document in documents:
        document.version = versions.get(document.object_id, 0)
    gone = set(ids) - {document.object_id for document in documents}
    if gone:
        SearchDocument.objects.filter(kind=kind, object_id__in=gone).delete()
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=_COLUMNS
    )
    _keep_words(documents)
    note_texts(kind, [document.object_id for document in documents])


def forget_known_words() -> None:
    """For a database that was emptied behind this process's back."""
    _known.clear()
    spelling.forget()


def _keep_words(documents: Iterable[SearchDocument]) -> None:
    """Remember words not met before, in one order everywhere, so that two transactions never wait for each other."""
    met: set[str] = set()
    for document in documents:
        for text in (document.title_words, document.summary_words, document.name_words, document.body_words):
            met.update(text.split(" "))
    new = sorted(word for word in met - _known if 3 < len(word) <= _LONGEST_WORD and word.isalpha())
    if new:
        SearchWord.objects.bulk_create([SearchWord(word=word, stem=stem(word)) for word in new], ignore_conflicts=True)
        transaction.on_commit(lambda: _known.update(new))
