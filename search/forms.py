"""A query string as a search. Any input is a search; what cannot be used is said in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from places.domain.finding import find_places
from places.models import PlaceKind
from places.postcodes import PostcodeError, PostcodeFacts, looks_like_postcode, parse_postcode
from places.queries import UK_CODE, PlaceFacts, gazetteer
from search.query import DEEPEST_PAGE, RADII, VOCABULARIES, Facet, Match, SearchQuery, Sort, What
from search.traits import region_codes
from texts.cleaning import clean_line

MOST_CHOSEN = 20
LONGEST_WORDS = 500
Choice = TypeVar("Choice", bound=TextChoices)


@dataclass(frozen=True)
class Asked:
    """The search, the where box as people know the place, what could not be used, other places perhaps meant."""

    query: SearchQuery
    where: str
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was used instead of what was typed
    perhaps: tuple[PlaceFacts, ...] = ()


@dataclass(frozen=True)
class _Where:
    code: str = UK_CODE
    point: tuple[float, float] | None = None
    shown: str = ""
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    perhaps: tuple[PlaceFacts, ...] = ()


def read_search(given: QueryDict) -> Asked:
    """Unknown filters and values are left out, a page number that is none is the first page."""
    typed = clean_line(given.get("where", "") or given.get("place", ""))[:120]
    where = _read_where(typed)
    miles = _number(given.get("miles", ""))
    faults = list(where.faults)
    if miles and miles in RADII and where.point is None and not where.faults:
        faults.append(_("Type a postcode, or a council area, to search within some miles of it."))
    query = SearchQuery(
        words=clean_line(given.get("q", ""))[:LONGEST_WORDS],
        what=_one_of(What, given.get("what", "")) or What.INITIATIVES,
        place=where.code,
        where="" if where.faults else typed,
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
    return Asked(query, where.shown, tuple(faults), where.notes, where.perhaps)


def _one_of(vocabulary: type[Choice], value: str) -> Choice | None:
    return vocabulary(value) if value in vocabulary.values else None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _values(given: QueryDict, facet: StrEnum) -> tuple[str, ...]:
    if facet.value not in given:
        return ()
    typed = [clean_line(value)[:100] for value in given.getlist(facet.value)[:MOST_CHOSEN]]
    if facet == Facet.TAG:
        known = [value.lower() for value in typed]
    elif facet == Facet.REGION:
        known = [value for value in typed if value in region_codes()]
    else:
        known = [value for value in typed if value in VOCABULARIES[Facet(facet)].values]
    return tuple(dict.fromkeys(value for value in known if value))


def _read_where(typed: str) -> _Where:
    """A place for what was typed: an address's slug, a postcode, else a name."""
    if not typed:
        return _Where()
    exact = gazetteer().by_slug(typed.lower())
    if exact is not None:
        found = find_places(exact.name, limit=1)
        same = bool(found) and found[0].code == exact.code
        return _Where(exact.code, _middle(exact), exact.name if same else typed)
    if looks_like_postcode(typed):
        return _read_postcode(typed)
    places = find_places(typed, limit=6)
    if not places:
        fault = _("We know no place called “%(where)s”. Try a council area, a region or a postcode.")
        return _Where(shown=typed, faults=(fault % {"where": typed},))
    return _Where(places[0].code, _middle(places[0]), typed, perhaps=tuple(places[1:]))


def _middle(place: PlaceFacts) -> tuple[float, float] | None:
    """An authority's middle; what is wider has no "within ten miles of"."""
    if place.kind != PlaceKind.AUTHORITY or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _read_postcode(typed: str) -> _Where:
    try:
        facts = parse_postcode(typed)
    except PostcodeError as error:
        area = _area_of(typed)
        if area is None:
            return _Where(shown=typed, faults=(str(error),))
        note = _("We do not know the postcode “%(where)s”. These are the results for %(area)s, in %(place)s.")
        names = {"where": typed, "area": area.postcode, "place": gazetteer()[area.authority_code].name}
        return _Where(area.authority_code, area.position, typed, notes=(note % names,))
    return _Where(facts.authority_code, facts.position, facts.postcode)


def _area_of(where: str) -> PostcodeFacts | None:
    """The area that a whole postcode begins with, for a postcode that the directory does not hold."""
    typed = re.sub(r"[\s-]", "", where)
    if len(typed) < 5:
        return None
    try:
        return parse_postcode(typed[:-3])
    except PostcodeError:
        return None
