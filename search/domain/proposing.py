"""Where a search finds nothing: what to drop, where near by there is something, and who could know.

Only what leads to results is proposed: each proposal was asked before it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from initiatives.models import Initiative
from initiatives.queries.newest import newest_in
from organisations.models import Organisation
from places.domain.locating import middle_of
from places.postcodes import distance_miles
from places.queries import UK_CODE, PlaceFacts, gazetteer
from search.domain.saying import place_label, value_label, within
from search.domain.searching import search
from search.kinds import kind_of
from search.query import Facet, SearchQuery, Sort

_MOST_ASKED = 6  # questions to find what to drop
_PLACES = 4
_LOOKED_AT = 200  # results elsewhere in the country
_WHO = 4
_RECENT = 40


@dataclass(frozen=True)
class Proposal:
    """Another question: what it is called, its address and how many answer it."""

    label: str
    url: str
    count: int


@dataclass(frozen=True)
class Proposals:
    drop: Sequence[Proposal] = ()
    alone: Sequence[Proposal] = ()
    near: Sequence[Proposal] = ()
    ask: Sequence[Organisation] = ()


def without_each(query: SearchQuery) -> Iterator[tuple[str, SearchQuery]]:
    """Everything that is asked for, one after the other: what it is called, and the question without it."""
    if query.words:
        yield f"“{query.words}”", replace(query, words="", page=1)
    if query.miles:
        yield within(query.miles), replace(query, miles=None, sort=None, page=1)
    if query.where:
        yield place_label(query), without_place(query)
    for facet, values in query.chosen:
        for value in values:
            yield value_label(facet, value), query.toggled(facet, value)


def without_place(query: SearchQuery) -> SearchQuery:
    """The same question for the whole country."""
    sort = None if query.sort == Sort.DISTANCE else query.sort
    asked = replace(query, where="", near="", place=UK_CODE, point=None, miles=None, sort=sort, page=1)
    return asked.with_values(Facet.SCOPE, ())


def propose(query: SearchQuery) -> Proposals:
    """For a question that nothing answers."""
    place = gazetteer()[query.place]
    parts = list(without_each(query))[:_MOST_ASKED]
    drop = _answered(parts) if len(parts) > 1 else []
    alone = _answered(_each_alone(query)) if len(parts) > 1 and not drop else []
    return Proposals(drop, alone, _near(query, place), _who(place) if query.where else ())


def _each_alone(query: SearchQuery) -> Iterator[tuple[str, SearchQuery]]:
    """The words without anything else, and the place; where it does not help to take one thing away."""
    if query.words:
        yield f"“{query.words}”", without_place(replace(query, chosen=()))
    if query.where:
        yield place_label(query), replace(query, words="", miles=None, sort=None, chosen=(), page=1)


def _answered(questions: Iterable[tuple[str, SearchQuery]]) -> list[Proposal]:
    """Those that have answers, the most first."""
    found = [_asked(label, query) for label, query in questions]
    return sorted((one for one in found if one.count), key=lambda one: -one.count)


def _asked(label: str, query: SearchQuery) -> Proposal:
    return Proposal(label, query.address(), search(query, facets=False, size=1).results.total)


def _near(query: SearchQuery, place: PlaceFacts) -> list[Proposal]:
    """The nearest council areas where the same question has answers."""
    at = query.point or ((place.latitude, place.longitude) if place.latitude and place.longitude else None)
    if not query.where or at is None:
        return []
    wide = search(without_place(query), facets=False, size=_LOOKED_AT)
    ids = [hit.pk for hit in wide.results.hits]
    own = set(gazetteer().authorities_in(query.place))
    away = {}
    for code in _council_areas(query.what, ids) - own:
        middle = middle_of(gazetteer()[code])
        if middle is not None:
            away[code] = distance_miles(at, middle)
    nearest = [gazetteer()[code] for code in sorted(away, key=lambda code: (away[code], code))[:_PLACES]]
    wider = without_place(query)
    there = [_asked(one.name, replace(wider, where=one.slug, place=one.code, point=middle_of(one))) for one in nearest]
    return [one for one in there if one.count]


def _council_areas(what: str, ids: Sequence[int]) -> set[str]:
    """Where they are, as far as that is a council area."""
    codes = kind_of(what).places(ids)
    return {code for code in codes if code in gazetteer() and gazetteer()[code].is_authority}


def _who(place: PlaceFacts) -> list[Organisation]:
    """Organisations that lead the most of what is newest there."""
    led: dict[int, int] = defaultdict(int)
    recent = newest_in(place.code, limit=_RECENT)
    for pk in Initiative.objects.filter(pk__in=recent).values_list("lead_organisation_id", flat=True):
        led[pk] += 1
    found = Organisation.objects.filter(is_public=True).in_bulk(sorted(led, key=lambda pk: -led[pk])[:_WHO])
    return sorted(found.values(), key=lambda one: (-led[one.pk], one.name))
