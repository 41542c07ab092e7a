"""An address's query string as a browse question. Any input is a question; what cannot be used is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from initiatives.models import Dimension
from initiatives.queries.browsing import DEEPEST_PAGE, VOCABULARIES, BrowseQuery
from initiatives.tagging.queries.naming import meant_by
from places.forms import Where, read_where
from texts.cleaning import clean_line
from texts.paging import page_asked

MOST_CHOSEN = 20


@dataclass(frozen=True)
class Asked:
    """The question, and what its place was read from."""

    query: BrowseQuery
    where: Where


def read_browse_query(given: QueryDict) -> Asked:
    """Unknown filters and values are left out, a page number that is none is the first page."""
    where = read_where(clean_line(given.get("where", "") or given.get("place", "")))
    chosen: dict[Dimension, tuple[str, ...]] = {}
    for dimension in (*VOCABULARIES, Dimension.TAG):
        vocabulary = VOCABULARIES.get(dimension)
        values = [clean_line(value)[:100].lower() for value in given.getlist(dimension.value)[:MOST_CHOSEN]]
        kept = [value for value in values if value and (vocabulary is None or value in vocabulary.values)]
        if dimension == Dimension.TAG:
            kept = list(meant_by(kept))
        if kept:
            chosen[dimension] = tuple(dict.fromkeys(kept))
    page = min(page_asked(given.get("page", "")), DEEPEST_PAGE)
    query = BrowseQuery(place=where.code, chosen=chosen, where=where.typed, page=page)
    return Asked(query, where)
