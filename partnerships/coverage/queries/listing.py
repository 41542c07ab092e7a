"""The initiatives behind a number of a journey: the same rule as the numbers, read from the lists' own rows."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from initiatives.models import Initiative, ReachedPlace
from partnerships.coverage.asking import GROUPS, NAMED_ONLY, JourneyQuery
from partnerships.coverage.queries.sets import WAYS_OF_SET, around_set
from partnerships.coverage.queries.tallies import HERE, ONLINE, PART, REGION, way_around, ways_of_place
from places.queries import gazetteer
from texts.vocabulary import Reach, Stage

PAGE_SIZE = 20


def initiatives_of(query: JourneyQuery, until: datetime.date) -> QuerySet[Initiative]:
    """Newest first, each once. `until`: the horizon of those that end soon."""
    found = Initiative.objects.filter(listing__isnull=False)
    found = found.filter(_reaching(query))
    if query.step:
        column = "stages" if query.step in Stage.values else "transitions"
        found = found.filter(**{f"{column}__any_of": [query.step]})
    if query.support:
        found = found.filter(support__any_of=[query.support])
    if query.ending:
        found = found.filter(ends_on__lte=until)
    return found.order_by("-first_published_at", "-pk")


def _reached(**conditions: object) -> Q:
    return Q(pk__in=ReachedPlace.objects.filter(**conditions).values("initiative_id"))


def _reaching(query: JourneyQuery) -> Q:
    """In the way that is asked for, or in one of several; each initiative reaches a place in one way alone."""
    one_way = _in_set if query.is_set else _in_place
    if query.way not in GROUPS or query.way == NAMED_ONLY:
        return one_way(query)
    ways = (way for way in query.ways if query.is_set or way in ways_of_place(query.place))
    return reduce(or_, (one_way(query.but(way=way)) for way in ways))


def _in_place(query: JourneyQuery) -> Q:
    code = query.place.code
    around = gazetteer().ancestors(code)
    is_online = Q(reach=Reach.ONLINE)
    any_way = _reached(place=code) | _reached(place__in=around, declared=True)
    if not query.way:
        return any_way
    if query.way == ONLINE:
        return is_online & any_way
    if query.way == NAMED_ONLY:
        return ~is_online & _reached(place=code)
    if query.way in (HERE, PART):
        return ~is_online & _reached(place=code, declared=query.way == HERE)
    wide = [above for above in around if way_around(above) == query.way]
    return ~is_online & _reached(place__in=wide, declared=True)


def _in_set(query: JourneyQuery) -> Q:
    """In the nearest way alone, where it reaches the set in several."""
    ranks = around_set(query.codes)
    is_online = Q(reach=Reach.ONLINE)
    if not query.way:
        return _reached(place__in=ranks, declared=True)
    if query.way == ONLINE:
        return is_online & _reached(place__in=ranks, declared=True)
    way = HERE if query.way == NAMED_ONLY else query.way
    number = WAYS_OF_SET.index(way) if way in WAYS_OF_SET else -1
    nearer = [code for code, rank in ranks.items() if rank < number]
    mine = [code for code, rank in ranks.items() if rank == number]
    return ~is_online & _reached(place__in=mine, declared=True) & ~_reached(place__in=nearer, declared=True)


@dataclass(frozen=True, slots=True)
class Named:
    """An initiative by its name."""

    slug: str
    title: str
    lead: str
    region: str = ""  # the name of the region that it is for as a whole, where that is why it is near


def some_near(codes: Collection[str], *, step: str, support: str, most: int) -> dict[str, list[Named]]:
    """Place → at most so many initiatives that reach it from near, as `way=near` lists them; those that name it or a
    part of it first, then those for its region, the newest of each first. One query, whatever there is."""
    gaz = gazetteer()
    regions = {code: [above for above in gaz.ancestors(code) if way_around(above) == REGION] for code in codes}
    around = {above for those in regions.values() for above in those}
    found = ReachedPlace.objects.filter(
        Q(place__in=codes) | Q(place__in=around, declared=True), initiative__listing__isnull=False
    ).exclude(initiative__reach=Reach.ONLINE)
    words = {("stages" if step in Stage.values else "transitions"): step, "support": support}
    found = found.filter(**{f"initiative__{column}__any_of": [word] for column, word in words.items() if word})
    newest = [F("initiative__first_published_at").desc(), F("initiative_id").desc()]
    numbered = found.annotate(number=Window(RowNumber(), partition_by="place_id", order_by=newest))
    columns = ("place_id", "initiative__slug", "initiative__title", "initiative__lead_organisation__name")
    by_place: dict[str, list[Named]] = defaultdict(list)
    for code, *said in numbered.filter(number__lte=most).order_by("place_id", "number").values_list(*columns):
        by_place[code].append(Named(*said))
    for above in around & by_place.keys():
        by_place[above] = [replace(one, region=gaz[above].name) for one in by_place[above]]
    return {code: [one for at in (code, *regions[code]) for one in by_place.get(at, ())][:most] for code in codes}
