"""Housekeeping of the index that no single change does."""

from __future__ import annotations

from django.db import connection


def refresh_statistics() -> None:
    """Count anew in how many documents each stem stands, where the database does not keep that by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("REFRESH MATERIALIZED VIEW search_vocabulary")
            cursor.execute("REFRESH MATERIALIZED VIEW search_statistics")
