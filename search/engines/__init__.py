"""The engines, and which of them answers here."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from search.engines.base import EngineFailed, SearchEngine
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.failover import Breaker, FailoverEngine
from search.engines.postgresql import PostgreSQLEngine
from search.engines.sqlite import SQLiteEngine

__all__ = ["EngineFailed", "SearchEngine", "breaker", "current_engine", "database_engine"]

_ENGINES: dict[str, type[SQLiteEngine | PostgreSQLEngine]] = {
    "sqlite": SQLiteEngine,
    "postgresql": PostgreSQLEngine,
}
breaker = Breaker()


def database_engine() -> DatabaseEngine:
    """The engine of the database at hand."""
    return _ENGINES[connection.vendor]()


def current_engine() -> SearchEngine:
    """Elasticsearch with the database in reserve where a server is named, else the database."""
    if settings.ELASTICSEARCH_URL:
        return FailoverEngine(ElasticsearchEngine(), database_engine, breaker)
    return database_engine()
