"""How the index is: what waits, since when, what was refused, how large it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.utils import timezone

from search.domain.encoding import waiting as unencoded_texts
from search.engines import EngineFailed, breaker
from search.engines.elasticsearch import index
from search.meaning.encoder import is_wanted
from search.models import IndexChange, SearchDocument


@dataclass(frozen=True)
class Backlog:
    """What the index has yet to be told."""

    waiting: int
    lag_seconds: int  # since the oldest change that waits
    set_aside: int


@dataclass(frozen=True)
class IndexState:
    engine: str
    documents: int  # that the database has
    backlog: Backlog | None = None  # none where the database searches by itself
    indexed: int | None = None  # that the index has; not known where it does not answer
    bytes: int | None = None
    fault: str = ""
    unencoded: int | None = None  # texts that wait for their meaning; none where there is no encoder
    is_resting: bool = False  # left alone for a while after it failed


def backlog() -> Backlog:
    """One query."""
    pending = Q(set_aside=False)
    told = IndexChange.objects.aggregate(
        waiting=Count("pk", filter=pending),
        oldest=Min("created_at", filter=pending),
        set_aside=Count("pk", filter=Q(set_aside=True)),
    )
    lag = (timezone.now() - told["oldest"]).total_seconds() if told["oldest"] else 0
    return Backlog(told["waiting"], round(lag), told["set_aside"])


def index_state() -> IndexState:
    """All of it; a server that does not answer is said, never raised."""
    documents = SearchDocument.objects.count()
    unencoded = unencoded_texts() if is_wanted() else None
    if not settings.ELASTICSEARCH_URL:
        return IndexState(connection.vendor, documents, unencoded=unencoded)
    indexed = size = None
    fault = ""
    try:
        indexed, size = index.size_of()
    except EngineFailed as error:
        fault = str(error)
    return IndexState("elasticsearch", documents, backlog(), indexed, size, fault, unencoded, breaker.is_open)
