"""Maps of initiatives: how many reach each place, and in a circle how many name it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.queries.counting import Reached
from places.boundaries.drawing import Map, Point, Told, draw
from places.boundaries.reading import neighbours
from places.models import PlaceKind
from places.queries import PlaceFacts, gazetteer
from texts.slugs import page_of

ANYWHERE = "--anywhere--"  # no place has such a slug
_MOST_CIRCLES = 100
Address = Callable[[PlaceFacts], str]


@dataclass(frozen=True)
class Row:
    """A word or a place with its number and what is behind it. `named`: of a place, how many name it or places in it,
    as its circle on a map has it."""

    label: str
    count: int
    url: str
    named: int | None = None
    named_url: str = ""


class Saying:
    """The words of a map of initiatives; a map of something else has its own."""

    def map_name(self) -> str:
        return _("Initiatives that reach each council area")

    def table_head(self) -> str:
        return _("Reach it")

    def named_head(self) -> str:
        """The table's column of the numbers in circles; "" where those are the same."""
        return _("Name it")

    def circles(self, are_authorities: bool) -> str:
        """What the numbers in circles are."""
        if are_authorities:
            return _("In a circle: those that name the area.")
        return _("In a circle: those that name the region or nation, or places in it.")

    def number(self, reached: Reached) -> str:
        """A place's number as a sentence."""
        if not reached.total:
            return _("no initiative yet")
        words = ngettext("%(n)d initiative reaches it", "%(n)d initiatives reach it", reached.total)
        words %= {"n": reached.total}
        if reached.within == reached.total:
            return words
        if not reached.within:
            none = ngettext("%(words)s, not by name", "%(words)s, none of them by name", reached.total)
            return none % {"words": words}
        return _("%(words)s, %(n)d of them by name") % {"words": words, "n": reached.within}


def list_url(place: PlaceFacts) -> str:
    """The list behind a place's number; `&stage=primary` and the like may follow."""
    return f"{reverse('initiatives')}?where={place.slug}"


def named_url(address: str) -> str:
    """The list behind a number in a circle: of what an address lists, what names the place or places in it. Search has
    that filter, and understands all that the browse list does."""
    return f"{reverse('search')}{address}&scope=local"


def page_url(place: PlaceFacts) -> str:
    """The place's own page."""
    return page_of("place", place.slug)


def at_each(address: str) -> Address:
    """An address of each place, from the one of `ANYWHERE`: put together once, not 361 times."""
    before, _anywhere, after = address.partition(ANYWHERE)
    return lambda place: f"{before}{place.slug}{after}"


def circled_in(place: PlaceFacts) -> tuple[str, ...]:
    """The places that have a circle: council areas, or where these are too many, regions and nations."""
    gaz = gazetteer()
    authorities = gaz.authorities_in(place.code)
    if len(authorities) <= _MOST_CIRCLES:
        return authorities
    inside = set(gaz.within(place.code))
    regions = [region.code for region in gaz.of_kind(PlaceKind.REGION) if region.code in inside]
    divided = {place.code, *(gaz[region].parent_code for region in regions)}
    nations = [nation.code for nation in gaz.of_kind(PlaceKind.NATION) if nation.code in inside - divided]
    return (*regions, *nations)


def mapped_codes(place: PlaceFacts) -> set[str]:
    """Every place whose numbers the map of one shows."""
    beside = neighbours(place.code) if place.is_authority else ()
    return {*gazetteer().authorities_in(place.code), *circled_in(place), *beside}


def map_of(
    place: PlaceFacts,
    reached: Mapping[str, Reached],
    *,
    to: Address | None = None,
    to_list: Address | None = None,
    saying: Saying | None = None,
) -> Map:
    """A place's council areas shaded by how many initiatives reach them; of a council area itself with its neighbours.

    `reached` has numbers of `mapped_codes`. A shape leads `to` its place (by itself to the place's page), a circle
    `to_list` (of those that name it).
    """
    gaz = gazetteer()
    to = to or at_each(page_of("place", ANYWHERE))
    to_list = to_list or at_each(named_url(f"?where={ANYWHERE}"))
    said = saying or Saying()
    authorities, circled = gaz.authorities_in(place.code), circled_in(place)
    beside = neighbours(place.code) if place.is_authority else ()
    words: dict[Reached | None, str] = {None: _("not counted here")}
    words |= {numbers: said.number(numbers) for numbers in set(reached.values())}
    told = {
        code: Told(gaz[code].name, words[numbers], to(gaz[code]), numbers.total if numbers else None)
        for code in (*authorities, *beside)
        for numbers in (reached.get(code),)
    }
    points = [
        Point(gaz.authorities_in(code), reached[code].within, to_list(gaz[code])) for code in circled if code in reached
    ]
    return draw(
        {code: told[code] for code in authorities},
        name=_("Where it lies, with its neighbours") if place.is_authority else said.map_name(),
        about_points=said.circles(circled == authorities) if any(point.count for point in points) else "",
        points=points,
        links_around={code: told[code] for code in beside},
        shaded=not place.is_authority,
    )


def _named_url_of(place: PlaceFacts) -> str:
    return named_url(f"?where={place.slug}")


def row_of(place: PlaceFacts, reached: Reached, to: Address = page_url, to_named: Address = _named_url_of) -> Row:
    """A place with its numbers."""
    return Row(place.name, reached.total, to(place), reached.within, to_named(place))


def rows_of(
    codes: Iterable[str],
    reached: Mapping[str, Reached],
    to: Address = page_url,
    to_named: Address = _named_url_of,
) -> Sequence[Row]:
    """Places by name with their totals: the table beside a map."""
    gaz = gazetteer()
    places = sorted((gaz[code] for code in codes), key=lambda place: place.name)
    return [row_of(place, reached[place.code], to, to_named) for place in places]
