"""A place's page: who acts at each stage, what is new, which organisations. Six queries at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from initiatives.models import Dimension
from initiatives.queries.cards import Card, cards
from initiatives.queries.counting import Counts, counts_for, reach_of_places
from initiatives.queries.mapping import Row, list_url, map_of, mapped_codes, row_of, rows_of
from initiatives.queries.newest import newest_in
from initiatives.queries.reading import Stone, short_label
from places.boundaries.drawing import Map
from places.boundaries.reading import neighbours
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.slugs import page_of
from texts.vocabulary import OrganisationKind, Stage, Support, Transition, label_of

NEWEST = 6
RECENT = 60
ORGANISATIONS = 12


@dataclass(frozen=True)
class Acting:
    """An organisation that acts in a place."""

    name: str
    url: str
    kind_label: str


@dataclass(frozen=True)
class Hub:
    place: PlaceFacts
    counts: Counts
    total: Row
    stones: Sequence[Stone]
    transitions: Sequence[Row]
    support: Sequence[Row]
    newest: Sequence[Card]
    organisations: Sequence[Acting]
    more_organisations: bool  # than are shown
    inside: Sequence[Row]
    beside: Sequence[Row]  # a council area's neighbours
    map: Map
    chain: Sequence[PlaceFacts]  # from the widest down to just around it
    areas: Sequence[PlaceFacts]

    @property
    def local(self) -> int:
        """How many are declared for the place or inside it."""
        return self.counts.local()


def stones_of(place: PlaceFacts, counts: Counts) -> list[Stone]:
    """The row of stones of a place: each stage's number, linked to its list."""
    stones, every = [], list_url(place)
    for stage in Stage:
        number = counts.total(Dimension.STAGE, stage.value)
        url = f"{every}&{Dimension.STAGE.value}={stage.value}"
        stones.append(Stone(label_of(Stage, stage.value), short_label(stage), number > 0, number, url))
    return stones


def _counted(
    place: PlaceFacts, counts: Counts, dimension: Dimension, words: type[Transition] | type[Support]
) -> list[Row]:
    every = f"{list_url(place)}&{dimension.value}="
    return [Row(label_of(words, word.value), counts.total(dimension, word.value), every + word.value) for word in words]


def places_inside(place: PlaceFacts) -> list[PlaceFacts]:
    """The next smaller places: nations of the UK, regions of England, else council areas."""
    gaz = gazetteer()
    if place.kind in (PlaceKind.UK, PlaceKind.NATION):
        wanted = PlaceKind.NATION if place.kind == PlaceKind.UK else PlaceKind.REGION
        children = [child for child in gaz.of_kind(wanted) if child.parent_code == place.code]
        if children:
            return children
    if place.kind == PlaceKind.AUTHORITY:
        return []
    return sorted((gaz[code] for code in gaz.authorities_in(place.code)), key=lambda facts: facts.name)


# Written out, as `cards` is: Django takes longer to put it together than the database to answer it.
_LEADS = (
    "SELECT o.name, o.slug, o.kind FROM organisations_organisation o WHERE o.is_public AND o.id IN "
    "(SELECT i.lead_organisation_id FROM initiatives_initiative i WHERE i.id IN ({ids})) ORDER BY o.name LIMIT %s"
)


def _acting(initiatives: Sequence[int]) -> list[Acting]:
    """Who leads these, by name: one more than are shown."""
    if not initiatives:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LEADS.format(ids=", ".join(["%s"] * len(initiatives))), [*initiatives, ORGANISATIONS + 1])
        rows = cursor.fetchall()
    return [Acting(name, page_of("organisation", slug), label_of(OrganisationKind, kind)) for name, slug, kind in rows]


def hub(place: PlaceFacts) -> Hub:
    """Everything the page of a place shows."""
    gaz = gazetteer()
    beside = neighbours(place.code) if place.is_authority else ()
    counts = counts_for(place.code, beside=beside)
    recent = newest_in(place.code, limit=RECENT)
    inside = places_inside(place)
    numbers = reach_of_places({*mapped_codes(place), *(child.code for child in inside)}) if inside else counts.reached
    acting = _acting(recent)
    return Hub(
        place=place,
        counts=counts,
        total=Row(place.name, counts.total(), list_url(place)),
        stones=stones_of(place, counts),
        transitions=_counted(place, counts, Dimension.TRANSITION, Transition),
        support=_counted(place, counts, Dimension.SUPPORT, Support),
        newest=cards(recent[:NEWEST]),
        organisations=acting[:ORGANISATIONS],
        more_organisations=len(acting) > ORGANISATIONS,
        inside=[row_of(child, numbers[child.code]) for child in inside],
        beside=rows_of(beside, numbers),
        map=map_of(place, numbers),
        chain=[gaz[code] for code in reversed(gaz.ancestors(place.code))],
        areas=[gaz[code] for code in gaz.areas_of(place.code)],
    )


@dataclass(frozen=True)
class NationIndex:
    nation: Row
    regions: Sequence[tuple[Row, Sequence[Row]]]  # England's; elsewhere one without a name
    authorities: Sequence[Row]


@dataclass(frozen=True)
class PlacesIndex:
    nations: Sequence[NationIndex]
    combined: Sequence[Row]
    programmes: Sequence[tuple[str, Sequence[Row]]]
    map: Map


def places_index() -> PlacesIndex:
    """Every place with its number, in one query."""
    gaz = gazetteer()
    every = [place for kind in PlaceKind.values for place in gaz.of_kind(kind)]
    numbers = reach_of_places(place.code for place in every)

    def counted(place: PlaceFacts) -> Row:
        return row_of(place, numbers[place.code])

    def authorities(code: str) -> list[Row]:
        return [counted(place) for place in gaz.of_kind(PlaceKind.AUTHORITY) if place.parent_code == code]

    nations = []
    for nation in gaz.of_kind(PlaceKind.NATION):
        regions = [r for r in gaz.of_kind(PlaceKind.REGION) if r.parent_code == nation.code]
        inside = [(counted(region), authorities(region.code)) for region in regions]
        nations.append(NationIndex(counted(nation), inside, authorities(nation.code)))
    programmes: dict[str, list[Row]] = {}
    for area in gaz.of_kind(PlaceKind.PRIORITY_AREA):
        programmes.setdefault(area.programme, []).append(counted(area))
    return PlacesIndex(
        nations=nations,
        combined=[counted(area) for area in gaz.of_kind(PlaceKind.COMBINED_AUTHORITY)],
        programmes=sorted(programmes.items()),
        map=map_of(gaz[UK_CODE], numbers),
    )
