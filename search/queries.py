"""Named reads."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from search.words import Synonyms


def synonyms() -> Synonyms:
    """The field's synonyms as moderators keep them: one query, so that the next search knows of a change."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT terms FROM search_synonym ORDER BY terms")
        return _read(tuple(terms for (terms,) in cursor.fetchall()))


@lru_cache(maxsize=4)
def _read(rows: tuple[str, ...]) -> Synonyms:
    """The same rows say the same: they are taken apart once."""
    return Synonyms(terms.split(",") for terms in rows)
