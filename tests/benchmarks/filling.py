"""A million documents in Elasticsearch, without a million rows in the registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.domain.mirroring import as_indexed
from search.engines.elasticsearch import index
from search.models import SearchDocument
from search.query import What

BATCH = 1_000


def fill_to(total: int) -> None:
    """Write each document that the index has from the registry as often as is needed, in the product's own shape: the
    same words and traits, with an id, a number in the title and a day of its own."""
    rows = SearchDocument.objects.filter(kind=What.INITIATIVES).order_by("pk")
    have = rows.count()
    assert total % have == 0, f"{total} is no multiple of the {have} that are there"
    last = max(rows.values_list("object_id", flat=True))
    batch: list[tuple[int, dict[str, Any]]] = []
    for copy in range(1, total // have):
        for document in _documents():
            number = document["object_id"] + copy * last
            title = f"{document['title_words'].rsplit(' ', 1)[0]} {number}"
            published = document["published"] - copy * 60
            batch.append((1, {**document, "object_id": number, "title_words": title, "published": published}))
            if len(batch) == BATCH:
                index.write(index.living(), batch)
                batch.clear()
    index.write(index.living(), batch)
    index.refresh()


def _documents() -> Iterator[dict[str, Any]]:
    at = 0
    while rows := list(SearchDocument.objects.filter(kind=What.INITIATIVES, pk__gt=at).order_by("pk")[:BATCH]):
        yield from as_indexed(rows)
        at = rows[-1].pk
