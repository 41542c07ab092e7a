"""A place from what somebody typed: exact names first, then beginnings, then close spellings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from places.domain.naming import bare_key, name_key
from places.models import PlaceKind
from places.queries import Gazetteer, PlaceFacts, gazetteer

LONGEST = 200  # nobody types a longer name; more is cut, so that no input is slow
_KIND_ORDER = {
    PlaceKind.UK: 0,
    PlaceKind.NATION: 0,
    PlaceKind.AUTHORITY: 1,
    PlaceKind.REGION: 2,
    PlaceKind.COMBINED_AUTHORITY: 3,
    PlaceKind.PRIORITY_AREA: 4,
}
_RESOLVABLE = tuple(kind for kind in PlaceKind if kind != PlaceKind.PRIORITY_AREA)
_CODE = re.compile(r"\b[EKNSW]\d{8}\b", re.IGNORECASE)
_COMPASS = re.compile(r"(?: (?:north|south|east|west|central|mid))+$")
_BILINGUAL = re.compile(r"\s+[-–—/|]\s+|\s*[()]\s*|/")


@dataclass(frozen=True, slots=True)
class Match:
    """A place and whether the name it was found by is one of the past, or a county's that held it."""

    place: PlaceFacts
    is_former: bool

    @property
    def rank(self) -> tuple[bool, int, int]:
        return (self.is_former, _KIND_ORDER[PlaceKind(self.place.kind)], -(self.place.population or 0))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Keys of every name, each to the places that carry it, the likeliest first."""

    exact: dict[str, tuple[Match, ...]]
    bare: dict[str, tuple[Match, ...]]
    keys: tuple[str, ...]

    def named(self, name: str) -> tuple[Match, ...]:
        """Those of just this name; else of the name without what a council calls itself."""
        bare = bare_key(name)
        return self.exact.get(name_key(name)) or self.exact.get(bare) or self.bare.get(bare, ())


@lru_cache(maxsize=2)
def name_index(places: Gazetteer) -> NameIndex:
    """The names of every place, built once for a gazetteer."""
    exact: dict[str, set[Match]] = defaultdict(set)
    bare: dict[str, set[Match]] = defaultdict(set)
    for name, match in _matches(places):
        exact[name_key(name)].add(match)
        bare[bare_key(name)].add(match)
    ordered = _ordered(exact)
    return NameIndex(ordered, _ordered(bare), tuple(sorted(ordered)))


def _matches(places: Gazetteer) -> Iterator[tuple[str, Match]]:
    for place in places.places:
        # The label too: a suggestion that is chosen puts "Blackpool (Opportunity Area)" into the box.
        for name in dict.fromkeys(filter(None, (place.name, place.name_cy, *place.other_names, place.label))):
            yield name, Match(place, is_former=False)
        for name in place.former_names:
            yield name, Match(place, is_former=True)
    for name, code in places.counties.items():
        for place in places.by_code(code):
            yield name, Match(place, is_former=True)


def _ordered(found: dict[str, set[Match]]) -> dict[str, tuple[Match, ...]]:
    return {key: tuple(sorted(matches, key=lambda match: match.rank)) for key, matches in found.items()}


def find_places(text: str, limit: int = 8, kinds: Collection[str] | None = None) -> list[PlaceFacts]:
    """Places whose name, Welsh name, other or former name, or code is (like) the text, the likeliest first."""
    places = gazetteer()
    index = name_index(places)
    text = text[:LONGEST]
    key = name_key(text)
    found: dict[str, PlaceFacts] = {place.code: place for place in places.by_code(text)}

    if key:
        named = index.named(text)
        matches = [*named, *starting(index, key)]
        if not named and len(key) > 2:
            matches += _close(index, key)
        for match in matches:
            found.setdefault(match.place.code, match.place)
    return [place for place in found.values() if kinds is None or place.kind in kinds][:limit]


def starting(index: NameIndex, key: str) -> list[Match]:
    """Names that begin so, then names with a later word that begins so."""
    first = [match for name in index.keys if name.startswith(key) for match in index.exact[name]]
    later = [match for name in index.keys if f" {key}" in name for match in index.exact[name]]
    first.sort(key=lambda match: (not name_key(match.place.name).startswith(key), match.rank))
    return [*first, *sorted(later, key=lambda match: match.rank)]


def _close(index: NameIndex, key: str) -> list[Match]:
    return [match for name, _score in close_names(index.keys, key) for match in index.exact[name]]


def close_names(keys: Collection[str], key: str) -> list[tuple[str, float]]:
    """Names, or as many of their first words as were typed, that are a slip or two away (one letter in five), and how
    close they are, the closest first."""
    words = len(key.split())
    beginnings = {name: " ".join(name.split()[:words]) for name in keys}
    close = process.extract(key, beginnings, scorer=fuzz.ratio, score_cutoff=76, limit=8)
    return [(name, score) for _beginning, score, name in close]


def resolve_place_text(text: str) -> PlaceFacts | None:
    """The one place meant by "ward, constituency, authority" and the like, or None where it is not certain.

    The last part decides, so that a ward called Preston does not send work to Lancashire. It may be a name with a
    comma in it ("Bristol, City of"), in two languages ("Sir Ddinbych - Denbighshire"), a code, an ended council
    with one successor, or a constituency named after its authority ("Northampton South").
    """
    text = text[:LONGEST]
    for code in _CODE.findall(text):
        return _only(tuple(gazetteer().by_code(code)))
    parts = [part.strip() for part in text.split(",") if name_key(part)]
    index = name_index(gazetteer())
    endings = [", ".join(parts[start:]) for start in range(len(parts))]
    for ending in endings:
        place = _certain(index.exact.get(name_key(ending), ()))
        if place is not None:
            return place
    if not parts:
        return None
    if name_key(parts[-1]) in ("city of", "county of"):
        parts[-2:] = [" ".join(parts[-2:])]
    return _certain(index.named(parts[-1])) or _named_in_two_languages(parts[-1]) or _constituency(parts[-1])


def _certain(matches: tuple[Match, ...]) -> PlaceFacts | None:
    """The place whose name it is today; else the only one that had it."""
    matches = tuple(match for match in matches if match.place.kind in _RESOLVABLE)
    if matches and not matches[0].is_former:
        return matches[0].place
    return _only(tuple(match.place for match in matches))


def _only(candidates: tuple[PlaceFacts, ...]) -> PlaceFacts | None:
    return candidates[0] if len(candidates) == 1 else None


def _named_in_two_languages(name: str) -> PlaceFacts | None:
    halves = [half for half in _BILINGUAL.split(name) if name_key(half)]
    index = name_index(gazetteer())
    found = {place.code: place for half in halves if (place := _certain(index.named(half))) is not None}
    return _only(tuple(found.values())) if len(halves) > 1 else None


def _constituency(name: str) -> PlaceFacts | None:
    key = name_key(name)
    rest = _COMPASS.sub("", key)
    return _certain(name_index(gazetteer()).exact.get(rest, ())) if rest != key else None
