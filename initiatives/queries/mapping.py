"""What a map of initiatives tells of each place: how many reach it, and in a circle how many are for it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.queries.counting import Reached
from places.boundaries.drawing import Map, Point, Told, draw
from places.boundaries.reading import neighbours
from places.models import PlaceKind
from places.queries import PlaceFacts, gazetteer
from texts.slugs import page_of

_MOST_CIRCLES = 100
Address = Callable[[PlaceFacts], str]


def list_url(place: PlaceFacts) -> str:
    """The list behind a place's number; `&stage=primary` and the like may follow."""
    return f"{reverse('initiatives')}?where={place.slug}"


def page_url(place: PlaceFacts) -> str:
    """The place's own page."""
    return page_of("place", place.slug)


def circled_in(place: PlaceFacts) -> tuple[str, ...]:
    """The places that have a circle: council areas, or where these are too many, regions and nations."""
    gaz = gazetteer()
    authorities = gaz.authorities_in(place.code)
    if len(authorities) <= _MOST_CIRCLES:
        return authorities
    inside = set(gaz.within(place.code))
    regions = [region.code for region in gaz.of_kind(PlaceKind.REGION) if region.code in inside]
    divided = {gaz[region].parent_code for region in regions}
    nations = [nation.code for nation in gaz.of_kind(PlaceKind.NATION) if nation.code in inside - divided]
    return (*regions, *(code for code in nations if code != place.code))


def mapped_codes(place: PlaceFacts) -> set[str]:
    """Every place whose numbers the map of one shows."""
    beside = neighbours(place.code) if place.is_authority else ()
    return {*gazetteer().authorities_in(place.code), *circled_in(place), *beside}


def map_of(
    place: PlaceFacts,
    reached: Mapping[str, Reached],
    *,
    shape_url: Address = page_url,
    number_url: Address = list_url,
) -> Map:
    """A place's council areas shaded by how many initiatives reach them; of a council area itself with its neighbours.

    `reached` has the numbers of `mapped_codes`; a place it lacks is shown as not known.
    """
    gaz = gazetteer()
    told = _told(gaz.authorities_in(place.code), reached, shape_url)
    beside = _told(neighbours(place.code), reached, shape_url) if place.is_authority else {}
    points = [_point(gaz[code], reached[code], number_url) for code in circled_in(place) if code in reached]
    return draw(told, points=points, links_around=beside, shaded=not place.is_authority)


def _told(codes: Iterable[str], reached: Mapping[str, Reached], url: Address) -> dict[str, Told]:
    gaz = gazetteer()
    told = {}
    for code in codes:
        place, numbers = gaz[code], reached.get(code)
        told[code] = Told(place.name, _in_words(numbers), url(place), numbers.total if numbers else None)
    return told


def _in_words(numbers: Reached | None) -> str:
    if numbers is None:
        return _("not known")
    if not numbers.total:
        return _("no initiative yet")
    words = ngettext("%(n)d initiative reaches it", "%(n)d initiatives reach it", numbers.total) % {"n": numbers.total}
    if numbers.within == numbers.total:
        return words
    local = ngettext("%(n)d is for it alone", "%(n)d are for it alone", numbers.within) % {"n": numbers.within}
    return f"{words}, {local}"


def _point(place: PlaceFacts, numbers: Reached, url: Address) -> Point:
    return Point(gazetteer().authorities_in(place.code), numbers.within, url(place))


def in_order(codes: Iterable[str]) -> Sequence[PlaceFacts]:
    """Places by name."""
    gaz = gazetteer()
    return sorted((gaz[code] for code in codes), key=lambda place: place.name)
