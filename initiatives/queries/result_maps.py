"""The answer to a question as a map: how many of what was found reach each place, each number a narrower question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from initiatives.models import Initiative, ReachedPlace
from initiatives.queries.browsing import BrowseQuery, matching
from initiatives.queries.counting import Reached, reach_of_places, summed, with_ancestors
from initiatives.queries.mapping import (
    ANYWHERE,
    Address,
    Row,
    Saying,
    at_each,
    circled_in,
    map_of,
    mapped_codes,
    named_url,
    rows_of,
)
from places.boundaries.drawing import Map
from places.boundaries.reading import neighbours
from places.queries import PlaceFacts, gazetteer


@dataclass(frozen=True)
class ResultMap:
    """The map and the table beside it."""

    map: Map
    rows: Sequence[Row]
    table_head: str
    named_head: str
    note: str = ""  # what it leaves out


def result_map(
    place: PlaceFacts, reached: Mapping[str, Reached], to: Address, to_named: Address, saying: Saying | None = None
) -> ResultMap:
    """A place's map; what was found was asked for there, so its neighbours have no numbers. `to_named`: the list of
    those that name a place, or places in it."""
    known = {code: numbers for code, numbers in reached.items() if code not in neighbours(place.code)}
    said = saying or Saying()
    shown = map_of(place, known, to=to, to_list=to_named, saying=said)
    rows = rows_of(circled_in(place), known, to, to_named)
    return ResultMap(shown, rows, said.table_head(), said.named_head())


def browse_map(query: BrowseQuery) -> ResultMap:
    """The map of what the browse list answers: one query, of kept counts while at most one value is chosen."""
    place = gazetteer()[query.place]
    codes = mapped_codes(place)
    chosen = [(dimension, value) for dimension, values in query.chosen.items() for value in values]
    if len(chosen) > 1:
        reached = reach_of_found(matching(query), codes)
    else:
        reached = reach_of_places(codes, *chosen[0]) if chosen else reach_of_places(codes)
    address = replace(query, where=ANYWHERE).address()
    return result_map(place, reached, at_each(address), at_each(named_url(address)))


def reach_of_found(found: QuerySet[Initiative] | Collection[int], codes: Collection[str]) -> dict[str, Reached]:
    """How many of some listed initiatives reach each place, in one query."""
    among: Any = found.order_by().values("pk") if isinstance(found, QuerySet) else found
    rows = ReachedPlace.objects.filter(initiative__in=among, place__in=with_ancestors(codes)).order_by()
    counted = rows.values_list("place_id").annotate(within=Count("pk"), named=Count("pk", filter=Q(declared=True)))
    return summed(codes, {place: (within, named) for place, within, named in counted})
