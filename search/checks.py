"""Wiring of the index that would fail late, said early."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from search.meaning.encoder import Encoder, EncoderMissing

TRIGGERS = ("search_words_insert", "search_words_delete", "search_words_update")


@register(Tags.database)
def index_follows_the_documents(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """On SQLite a table that is made anew loses its triggers; asked with `manage.py check --database default`."""
    if not databases or connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = 'search_searchdocument'")
        migrated = cursor.fetchone()[0]
    missing = [name for name in TRIGGERS if name not in there]
    if not migrated or not missing:
        return []
    return [
        Error(
            f"The search index no longer follows its documents: {', '.join(missing)} missing.",
            hint="End the migration that altered search_searchdocument with search.migrations.0002_words_index.lay.",
            id="steppingstones.E010",
        )
    ]


@register(Tags.compatibility)
def encoder_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A model that is named and cannot be used would only be missed."""
    if settings.EMBEDDING_MODEL is None:
        return []
    try:
        Encoder(settings.EMBEDDING_MODEL)
    except EncoderMissing as error:
        return [Error(str(error), hint="Or leave EMBEDDING_MODEL empty.", id="steppingstones.E011")]
    return []
