"""A query string as a search. Any input is a search; what cannot be used is said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.tagging.queries.naming import meant_by
from places.forms import Where, read_where
from search.query import DEEPEST_PAGE, RADII, VOCABULARIES, Facet, Match, SearchQuery, Sort, What
from search.traits import region_codes
from texts.cleaning import clean_line

MOST_CHOSEN = 20
LONGEST_WORDS = 500
Choice = TypeVar("Choice", bound=TextChoices)


@dataclass(frozen=True)
class Asked:
    """The search, what its place was read from, and what could not be used."""

    query: SearchQuery
    where: Where
    faults: tuple[str, ...] = ()


def read_search(given: QueryDict) -> Asked:
    """Unknown filters and values are left out, a page number that is none is the first page."""
    where = read_where(clean_line(given.get("where", "") or given.get("place", "")))
    miles = _number(given.get("miles", ""))
    faults = list(where.faults)
    if miles and miles in RADII and where.point is None and not where.faults:
        faults.append(_("Type a postcode, a town or a council area, to search within some miles of it."))
    query = SearchQuery(
        words=clean_line(given.get("q", ""))[:LONGEST_WORDS],
        what=_one_of(What, given.get("what", "")) or What.INITIATIVES,
        place=where.code,
        where=where.typed,
        near=where.near,
        point=where.point,
        miles=miles if miles in RADII and where.point else None,
        chosen=tuple(sorted((facet, values) for facet in Facet if (values := _values(given, facet)))),
        sort=_one_of(Sort, given.get("sort", "")),
        match=_one_of(Match, given.get("match", "")) or Match.ALL,
        exact=given.get("exact", "") == "1",
        page=min(max(_number(given.get("page", "")), 1), DEEPEST_PAGE),
    )
    if query.sort == Sort.DISTANCE and query.point is None:
        query = replace(query, sort=None)
    if query.near and not query.words and query.sort is None:
        query = replace(query, sort=Sort.DISTANCE)  # who types a town or a postcode alone asks what is near
    return Asked(query, where, tuple(faults))


def _one_of(vocabulary: type[Choice], value: str) -> Choice | None:
    return vocabulary(value) if value in vocabulary.values else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _values(given: QueryDict, facet: StrEnum) -> tuple[str, ...]:
    if facet.value not in given:
        return ()
    typed = [clean_line(value)[:100] for value in given.getlist(facet.value)[:MOST_CHOSEN]]
    if facet == Facet.TAG:
        known = list(meant_by(value.lower() for value in typed))
    elif facet == Facet.REGION:
        known = [value for value in typed if value in region_codes()]
    else:
        known = [value for value in typed if value in VOCABULARIES[Facet(facet)].values]
    return tuple(dict.fromkeys(value for value in known if value))
