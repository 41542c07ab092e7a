"""What tags are suggested from, and what of this room names a tag."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import ngettext

from initiatives.tagging.nearest import Nearest
from search.engines import EngineFailed, current_engine, database_engine
from search.models import SavedSearch, SearchDocument
from search.query import What
from search.words import stem, tokens


def nearest_texts(text: str, *, besides: int, limit: int) -> Nearest:
    """The initiatives that read most like it, with their words as the index has them.

    Without names, for these have the tags. Two queries and the engine’s; nothing near where no engine answers.
    """
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


def saved_searches_of(tag: str) -> tuple[str, int]:
    """How many saved searches ask for a tag by this name. They go on asking for it by whatever it is called."""
    pair = urlencode({"tag": tag})
    asking = Q(address__endswith=pair) | Q(address__contains=f"{pair}&")
    number = SavedSearch.objects.filter(asking).count()
    sentence = ngettext("%(number)d saved search asks for it", "%(number)d saved searches ask for it", number)
    return sentence % {"number": number}, number
