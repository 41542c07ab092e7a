"""The newest listed initiatives of a place, read from the index in order: never sorted, never counted."""

from __future__ import annotations

from django.db import connection

from initiatives.models import ReachedPlace
from places.queries import gazetteer


def newest_in(code: str, *, limit: int, offset: int = 0) -> list[int]:
    """Ids of the initiatives that reach a place, newest first.

    Each source (the place itself, and each place around it that initiatives declare) is read from its own end of
    the index and cut before they are merged, so a hundred thousand rows cost what a thousand do. (`declared = TRUE`,
    for SQLite takes a bare `declared` for no equality, and the longer way through the other index.)
    """
    table = connection.ops.quote_name(ReachedPlace._meta.db_table)
    sources = [(code, "")] + [(around, " AND declared = TRUE") for around in gazetteer().ancestors(code)]
    parts: list[str] = []
    params: list[str | int] = []
    for number, (place, condition) in enumerate(sources):
        parts.append(
            f"SELECT * FROM (SELECT initiative_id, published_at FROM {table} WHERE place_id = %s{condition} "  # noqa: S608  our own names only
            f"ORDER BY published_at DESC, initiative_id DESC LIMIT %s) AS source_{number}"
        )
        params += [place, limit + offset]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT initiative_id FROM ({' UNION ALL '.join(parts)}) AS newest "  # noqa: S608  our own names only
            "ORDER BY published_at DESC, initiative_id DESC LIMIT %s OFFSET %s",
            [*params, limit, offset],
        )
        return [int(row[0]) for row in cursor.fetchall()]
