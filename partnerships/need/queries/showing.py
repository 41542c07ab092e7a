"""What the pages of need show: the indices, one index on the map and as a table, and what all say of a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.translation import gettext as _

from partnerships.need.models import How, Index, Value
from partnerships.need.standing import nation_of
from partnerships.need.words import direction_words, how_words, rank_short, rank_words, value_words
from places.boundaries.drawing import Map, Told, draw
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.slugs import page_of, pages_of
from texts.vocabulary import label_of

FIFTHS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """An index on the list of them: how many council areas of today have a value, and how these came."""

    index: Index
    direction: str
    places: int
    missing: int  # council areas of the nations it covers
    ways: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """What an index says of a place, in words."""

    index: Index
    place: PlaceFacts
    value: str
    rank: int
    rank_words: str
    rank_short: str
    share: float
    how: str
    direction: str
    url: str

    @property
    def percent(self) -> int:
        """The share of need in hundredths."""
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class IndexPage:
    direction: str
    within: PlaceFacts
    order: str
    figures: Sequence[Figure]
    missing: Sequence[PlaceFacts]
    not_covered: Sequence[PlaceFacts]  # nations
    ways: Sequence[tuple[str, int]]
    map: Map | None


ORDERS = {
    "need": lambda figure: (figure.rank, figure.place.name),
    "least": lambda figure: (-figure.rank, figure.place.name),
    "name": lambda figure: figure.place.name,
}


def index_list() -> list[Line]:
    """Every index with how its values came: two queries."""
    grouped = Value.objects.filter(place__kind=PlaceKind.AUTHORITY).values_list("index_id", "place__parent_id", "how")
    numbers: dict[int, dict[str, int]] = {}
    nations: dict[int, set[str]] = {}
    gaz = gazetteer()
    for index_id, parent, how, number in grouped.annotate(number=Count("pk")).order_by():
        by_way = numbers.setdefault(index_id, {})
        by_way[how] = by_way.get(how, 0) + number
        nations.setdefault(index_id, set()).add(nation_of(parent, gaz))
    lines = []
    for index in Index.objects.all():
        ways = numbers.get(index.pk, {})
        covered = sum(len(gaz.authorities_in(nation)) for nation in nations.get(index.pk, ()))
        places = sum(ways.values())
        lines.append(Line(index, direction_words(index), places, covered - places, _ways(ways)))
    return lines


def _ways(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(label_of(How, how), numbers[how]) for how in How.values if numbers.get(how)]


def index_page(index: Index, within: PlaceFacts, order: str) -> IndexPage:
    """One index in a place: a map and a row for each council area. One query."""
    gaz = gazetteer()
    rows = {row.place_id: row for row in Value.objects.filter(index=index, place__kind=PlaceKind.AUTHORITY)}
    covered = {nation_of(code, gaz) for code in rows}
    inside = [code for code in gaz.authorities_in(within.code) if nation_of(code, gaz) in covered]
    figures = {code: figure_of(index, rows[code], gaz[code]) for code in inside if code in rows}
    ways = Counter(rows[code].how for code in figures)
    nations = [nation for nation in gaz.of_kind(PlaceKind.NATION) if nation.code not in covered]
    return IndexPage(
        direction=direction_words(index),
        within=within,
        order=order,
        figures=sorted(figures.values(), key=ORDERS[order]),
        missing=sorted((gaz[code] for code in inside if code not in figures), key=lambda place: place.name),
        not_covered=nations if within.code == UK_CODE else [],
        ways=_ways(ways),
        map=_map(inside, figures) if figures else None,
    )


def figure_of(index: Index, row: Value, place: PlaceFacts) -> Figure:
    """A value in words; asks the database nothing."""
    gaz = gazetteer()
    nation = "" if index.across_nations else gaz[nation_of(place.code, gaz)].name
    return Figure(
        index=index,
        place=place,
        value=value_words(index, row.value),
        rank=row.rank,
        rank_words=rank_words(row.rank, row.of, row.tied, place.kind, nation),
        rank_short=rank_short(row.rank, row.of, row.tied, nation),
        share=row.share,
        how=how_words(row.how, row.made_of, row.known),
        direction=direction_words(index),
        url=page_of("place-need", place.slug),
    )


def _map(codes: Sequence[str], figures: dict[str, Figure]) -> Map:
    """Shaded by fifths of need: of the share, so that about as many places have each shade."""
    gaz, url = gazetteer(), pages_of("place-need")
    told = {}
    for code in codes:
        place, figure = gaz[code], figures.get(code)
        words = f"{figure.value}, {figure.rank_words}" if figure else _("no value")
        fifth = min(FIFTHS, int(figure.share * FIFTHS) + 1) if figure else None
        told[code] = Told(place.name, words, url(place.slug), fifth)
    drawn = draw(told, name=_("Need in each council area"))
    shades = {
        "1": _("the fifth least in need"),
        "2": _("the second fifth"),
        "3": _("the middle"),
        "4": _("the fourth fifth"),
        "5": _("the fifth most in need"),
    }
    return replace(drawn, legend=[replace(row, words=shades.get(row.words, row.words)) for row in drawn.legend])


def figures_of(place: PlaceFacts) -> list[Figure]:
    """What every index says of a place, newest first, made-up ones last. One query."""
    rows = Value.objects.filter(place=place.code).select_related("index")
    return [figure_of(row.index, row, place) for row in rows.order_by("index")]


CSV_COLUMNS = (
    *("code", "place", "kind", "index", "year", "illustrative", "value", "unit", "higher_means", "rank", "of"),
    *("share_of_need", "share_of_people_known", "how", "made_of", "source", "licence"),
)


def exported(index: Index) -> Iterator[tuple[object, ...]]:
    """Every place's row of an index, larger places among them."""
    gaz = gazetteer()
    for row in Value.objects.filter(index=index).order_by("place__kind", "rank", "place__name"):
        place = gaz[row.place_id]
        yield (
            *(place.code, place.label, place.kind, index.name, index.year, "yes" if index.is_illustrative else "no"),
            *(row.value, index.unit, index.higher_means, row.rank, row.of, round(row.share, 4), round(row.known, 4)),
            *(label_of(How, row.how), "; ".join(row.made_of), index.source, index.licence),
        )
