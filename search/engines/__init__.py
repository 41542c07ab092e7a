"""The engines, and which of them answers here."""

from __future__ import annotations

from django.db import connection

from search.engines.base import EngineFailed, SearchEngine
from search.engines.postgresql import PostgreSQLEngine
from search.engines.sqlite import SQLiteEngine

__all__ = ["EngineFailed", "SearchEngine", "database_engine"]


_ENGINES: dict[str, type[SQLiteEngine | PostgreSQLEngine]] = {
    "sqlite": SQLiteEngine,
    "postgresql": PostgreSQLEngine,
}


def database_engine() -> SearchEngine:
    """The engine of the database at hand."""
    return _ENGINES[connection.vendor]()
