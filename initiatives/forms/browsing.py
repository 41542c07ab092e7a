"""An address's query string as a browse question. Any input is a question; what cannot be used is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.models import Dimension
from initiatives.queries.browsing import DEEPEST_PAGE, VOCABULARIES, BrowseQuery
from places.domain.finding import find_places
from places.postcodes import PostcodeError, PostcodeFacts, looks_like_postcode, parse_postcode
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.cleaning import clean_line

MOST_CHOSEN = 20


@dataclass(frozen=True)
class Asked:
    """The question, the box as typed, what could not be used, other places perhaps meant."""

    query: BrowseQuery
    where: str
    faults: tuple[str, ...] = ()
    perhaps: tuple[PlaceFacts, ...] = ()
    notes: tuple[str, ...] = ()  # what was used instead of what was typed


def read_browse_query(given: QueryDict) -> Asked:
    """Unknown filters and values are left out, a page number that is none is the first page."""
    where = clean_line(given.get("where", "") or given.get("place", ""))[:120]
    code, faults, perhaps = _place(where)
    notes: tuple[str, ...] = ()
    if faults and (area := _area_of(where)) is not None:
        code, faults, notes = area.authority_code, (), (_unknown_postcode(where, area),)
    chosen: dict[Dimension, tuple[str, ...]] = {}
    for dimension in (*VOCABULARIES, Dimension.TAG):
        vocabulary = VOCABULARIES.get(dimension)
        values = [clean_line(value)[:100].lower() for value in given.getlist(dimension.value)[:MOST_CHOSEN]]
        kept = [value for value in values if value and (vocabulary is None or value in vocabulary.values)]
        if kept:
            chosen[dimension] = tuple(dict.fromkeys(kept))
    query = BrowseQuery(
        place=code,
        chosen=chosen,
        where="" if faults else where,
        page=_page(given.get("page", "")),
    )
    return Asked(query, _as_typed(where, code), faults, perhaps, notes)


def _as_typed(where: str, code: str) -> str:
    """For the box: an address's slug as the name people know, where that name leads to the same place."""
    place = gazetteer()[code]
    if where.lower() != place.slug:
        return where
    found = find_places(place.name, limit=1)
    return place.name if found and found[0].code == code else where


def _page(text: str) -> int:
    return min(int(text), DEEPEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _area_of(where: str) -> PostcodeFacts | None:
    """The area that a whole postcode begins with, for a postcode that the directory does not hold."""
    typed = re.sub(r"[\s-]", "", where)
    if not looks_like_postcode(where) or len(typed) < 5:
        return None
    try:
        return parse_postcode(typed[:-3])
    except PostcodeError:
        return None


def _unknown_postcode(where: str, area: PostcodeFacts) -> str:
    sentence = _("We do not know the postcode “%(where)s”. These are the results for %(area)s, in %(place)s.")
    return sentence % {"where": where, "area": area.postcode, "place": gazetteer()[area.authority_code].name}


def _place(where: str) -> tuple[str, tuple[str, ...], tuple[PlaceFacts, ...]]:
    """A place for what was typed: an address's slug, a postcode, else a name."""
    if not where:
        return UK_CODE, (), ()
    gaz = gazetteer()
    exact = gaz.by_slug(where.lower())
    if exact is not None:
        return exact.code, (), ()
    if looks_like_postcode(where):
        try:
            return parse_postcode(where).authority_code, (), ()
        except PostcodeError as error:
            return UK_CODE, (str(error),), ()
    found = find_places(where, limit=6)
    if not found:
        fault = _("We know no place called “%(where)s”. Try a council area, a region or a postcode.")
        return UK_CODE, (fault % {"where": where},), ()
    return found[0].code, (), tuple(found[1:])
