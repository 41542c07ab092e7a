"""Keeping what can be searched in step with what is public, in the transaction of each change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from initiatives.events import InitiativesChanged
from initiatives.models import Initiative, Status
from organisations.events import OrganisationsChanged
from organisations.models import Organisation
from search.domain import spelling
from search.domain.describing import describe_initiatives, describe_organisations
from search.domain.encoding import note_texts
from search.domain.outbox import note_changes
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
    index_initiatives(event.ids)


def index_changed_organisations(event: OrganisationsChanged) -> None:
    index_organisations(event.ids)


def index_initiatives(ids: Sequence[int]) -> None:
    """Bring the documents of these initiatives in step with their rows; those not public have none."""
    for start in range(0, len(ids), BATCH):
        _follow(What.INITIATIVES, ids[start : start + BATCH], describe_initiatives)


def index_organisations(ids: Sequence[int]) -> None:
    """The same for organisations."""
    for start in range(0, len(ids), BATCH):
        _follow(What.ORGANISATIONS, ids[start : start + BATCH], describe_organisations)


def rebuild(batch: int = 2_000) -> int:
    """Describe everything public anew. Gives how many documents there are."""
    with transaction.atomic():
        SearchDocument.objects.all().delete()
        for ids, index in (
            (Initiative.objects.filter(live=True).exclude(status=Status.ENDED), index_initiatives),
            (Organisation.objects.filter(is_public=True), index_organisations),
        ):
            found = list(ids.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(found), batch):
                index(found[start : start + batch])
    return SearchDocument.objects.count()


@transaction.atomic
def _follow(kind: What, ids: Sequence[int], describe: Callable[[Sequence[int]], list[SearchDocument]]) -> None:
    versions = note_changes(kind, ids)
    documents = describe(ids)
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
