"""A place or a town from what somebody typed. Names that are just so come first, then beginnings, then close spellings.

A place of today goes before a town of its name, and a town before a council that is no more: Kettering is the town.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from places.domain.finding import LONGEST, NameIndex, close_names, name_index, starting
from places.domain.naming import name_key, short_key
from places.domain.projecting import miles_between
from places.models import PlaceKind
from places.queries import Gazetteer, PlaceFacts, gazetteer
from places.towns import Town, towns

Spot = PlaceFacts | Town
_MUCH_FARTHER = 10  # of a hundred: Middlesborough is Middlesbrough, and Hillsborough is not meant
_NEAR_BY = 25  # miles from the middle of what it is said to lie in: Newport, Shropshire is in Telford and Wrekin today
_MOST_PLACES = 5  # of eight beginnings, so that towns have their share
_AROUND = re.compile(r"^(?P<name>[^(,]+?)\s*[(,]\s*(?P<around>.+?)\s*\)?$")
_LONGEST_NAME = 5  # words
_NEAR = re.compile(r"^(?:near(?: to)?|nr\.?|around|close to|in) +(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TownIndex:
    """Towns by every key, the largest first; a council area's own town (Leeds of Leeds) only by its area."""

    exact: dict[str, tuple[Town, ...]]
    short: dict[str, tuple[Town, ...]]
    keys: tuple[str, ...]
    own: dict[str, Town]

    def named(self, name: str) -> tuple[Town, ...]:
        """Those of just this name, and those called so for short."""
        key = name_key(name)
        both = dict.fromkeys((*self.exact.get(key, ()), *self.short.get(key, ())))
        return tuple(sorted(both, key=lambda town: -town.size))

    def starting(self, key: str) -> list[Town]:
        """Names that begin so, then names with a later word that begins so."""
        first = [town for name in self.keys if name.startswith(key) for town in self.exact[name]]
        later = [town for name in self.keys if f" {key}" in name for town in self.exact[name]]
        first.sort(key=lambda town: -town.size)
        return [*first, *sorted(later, key=lambda town: -town.size)]


@dataclass(frozen=True, slots=True)
class Located:
    """What has just the name, and what comes near it, each the likeliest first."""

    sure: tuple[Spot, ...] = ()
    likely: tuple[Spot, ...] = ()
    is_part: bool = False  # the text as a whole names nothing, a part of it does

    @property
    def all(self) -> tuple[Spot, ...]:
        return tuple(dict.fromkeys((*self.sure, *self.likely)))


@lru_cache(maxsize=2)
def _town_index(places: Gazetteer) -> TownIndex:
    names = name_index(places)
    exact: dict[str, set[Town]] = defaultdict(set)
    short: dict[str, set[Town]] = defaultdict(set)
    own: dict[str, Town] = {}
    for town in towns():
        if town.authority_code not in places:
            continue
        if any(place.code == town.authority_code for place in _of_today(names, town.name)):
            own[town.authority_code] = town
            continue
        for name in filter(None, (town.name, town.name_cy)):
            exact[name_key(name)].add(town)
            short[short_key(name)].add(town)
    return TownIndex(_ordered(exact), _ordered(short), tuple(sorted(exact)), own)


def _of_today(names: NameIndex, name: str) -> list[PlaceFacts]:
    return [match.place for match in names.exact.get(name_key(name), ()) if not match.is_former]


def _ordered(found: dict[str, set[Town]]) -> dict[str, tuple[Town, ...]]:
    return {key: tuple(sorted(those, key=lambda town: (-town.size, town.label))) for key, those in found.items()}


def middle_of(place: PlaceFacts) -> tuple[float, float] | None:
    """Where distances to a council area are measured from: its own town, else its middle. Wider places have none."""
    if place.kind != PlaceKind.AUTHORITY or place.latitude is None or place.longitude is None:
        return None
    own = _town_index(gazetteer()).own.get(place.code)
    return own.position if own else (place.latitude, place.longitude)


def _middle(spot: Spot) -> tuple[float, float] | None:
    return spot.position if isinstance(spot, Town) else middle_of(spot)


def locate(text: str) -> Located:
    """Places and towns that the text names, or nearly names. Empty where nothing is like it."""
    text = " ".join(text[:LONGEST].split())
    found = _locate(text)
    if not found.sure and (without := _NEAR.sub("", text)) != text:
        found = _locate(without)
    return found


def _locate(text: str) -> Located:
    places = gazetteer()
    names, key = name_index(places), name_key(text)
    coded = tuple(places.by_code(text))
    if not key or coded:
        return Located(coded)
    named = names.named(text)
    today = [match.place for match in named if not match.is_former]
    known = _town_index(places)
    of_name = known.named(text)
    covered = {town.authority_code for town in of_name}
    former = [match.place for match in named if match.is_former and match.place.code not in covered]
    sure: list[Spot] = list(dict.fromkeys([*today, *_within(text), *of_name, *former]))
    beginning = [match.place for match in starting(names, key) if not (sure and match.is_former)]
    likely: list[Spot] = [*beginning[:_MOST_PLACES], *known.starting(key), *beginning[_MOST_PLACES:]]
    if not sure and not likely and "," in text:
        return Located((), _part(text), is_part=True)
    if not sure and len(key) > 2:
        likely += _close(names, known, key)
    return Located(tuple(sure), tuple(spot for spot in dict.fromkeys(likely) if spot not in sure))


def _close(names: NameIndex, known: TownIndex, key: str) -> Iterator[Spot]:
    """Close spellings of both, the closest first; of two alike the place."""
    of_places = [(-score, 0, name) for name, score in close_names(names.keys, key)]
    of_towns = [(-score, 1, name) for name, score in close_names(known.keys, key)]
    ordered = sorted(of_places + of_towns)
    for score, is_town, name in ordered:
        if score - ordered[0][0] > _MUCH_FARTHER:
            return
        if is_town:
            yield from known.exact[name]
        else:
            yield from (match.place for match in names.exact[name])


def _within(text: str) -> list[Spot]:
    """A name and what it lies in: "Richmond (North Yorkshire)", "Newport, Shropshire", "Ashford Kent"."""
    places = gazetteer()
    for name, around in _divisions(text):
        wider = {match.place.code for match in name_index(places).named(around)}
        spots: list[Spot] = [*_of_today(name_index(places), name), *_town_index(places).named(name)]
        inside = [spot for spot in spots if wider.intersection(_places_around(spot))]
        near = inside or _near_by(spots, [gazetteer()[code] for code in wider])
        if near:
            return near
    return []


def _near_by(spots: list[Spot], wider: list[PlaceFacts]) -> list[Spot]:
    """The one of some namesakes that is nearest to a place, where it is not far."""
    centres = [(place.latitude, place.longitude) for place in wider if place.latitude and place.longitude]
    away = [
        (min(miles_between(at, centre) for centre in centres), number)
        for number, spot in enumerate(spots)
        if centres and (at := _middle(spot))
    ]
    return [spots[number] for miles, number in sorted(away)[:1] if miles <= _NEAR_BY]


def _divisions(text: str) -> Iterator[tuple[str, str]]:
    divided = _AROUND.match(text)
    if divided:
        yield divided["name"], divided["around"]
        return
    words = text.split()
    if len(words) <= 2 * _LONGEST_NAME:
        for at in range(len(words) - 1, max(0, len(words) - 1 - _LONGEST_NAME), -1):
            yield " ".join(words[:at]), " ".join(words[at:])


def _places_around(spot: Spot) -> Collection[str]:
    code = spot.authority_code if isinstance(spot, Town) else spot.code
    return gazetteer().closure_up(code)


def _part(text: str) -> tuple[Spot, ...]:
    """What the last part names, where the whole names nothing ("12 High Street, Leeds"); else the first."""
    first, last = text.partition(",")[0], text.rpartition(",")[2]
    spots: list[Spot] = [*_of_today(name_index(gazetteer()), last), *_town_index(gazetteer()).named(last)]
    if not spots and len(name_key(first)) > 2:
        spots = list(_locate(first).all)
    return tuple(spots)


def county_areas(text: str) -> tuple[PlaceFacts, ...]:
    """The council areas of a county, by name, where no place of today has its name; else empty."""
    gaz, key = gazetteer(), name_key(text[:LONGEST])
    code = next((code for name, code in gaz.counties.items() if name_key(name) == key), "")
    if not code or _of_today(name_index(gaz), text):
        return ()
    return tuple(sorted(gaz.by_code(code), key=lambda area: area.name))


def namesakes(town: Town) -> tuple[Town, ...]:
    """Every town of a town's name, it among them; empty for the only one of its name."""
    same = _town_index(gazetteer()).exact.get(name_key(town.name), ())
    return same if len(same) > 1 else ()
