"""The initiatives that read most like a text, with their words as the index has them: tags are suggested from these."""

from __future__ import annotations

from initiatives.tagging.nearest import Nearest
from search.engines import EngineFailed, current_engine, database_engine
from search.models import SearchDocument
from search.query import What
from search.words import stem, tokens


def nearest_texts(text: str, *, besides: int, limit: int) -> Nearest:
    """Without names, for these have the tags. Three queries and the engine's; nothing where no engine answers."""
    asked = [stem(word) for word in tokens(text)]
    try:
        pks = list(current_engine().more_like(text, what=What.INITIATIVES, besides=besides, limit=limit))
    except EngineFailed:
        return Nearest(asked)
    rows = SearchDocument.objects.filter(kind=What.INITIATIVES, object_id__in=pks)
    columns = rows.values_list("object_id", "title_words", "summary_words", "body_words")
    return Nearest(
        asked,
        {pk: [stem(word) for part in parts for word in part.split()] for pk, *parts in columns},
        database_engine().rarity(set(asked)),
    )
