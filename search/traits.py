"""What results are narrowed by, packed into two integers a document.

Bits are laid out in the vocabularies' order, and words are only ever appended to a vocabulary; where one grows into its
reserve the layout does not move. A changed layout wants `manage.py search_rebuild`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from places.models import PlaceKind
from places.queries import Gazetteer, gazetteer
from search.query import VOCABULARIES, Facet


@dataclass(frozen=True)
class Field:
    """Where a facet's values lie: a bit each (`many`), or one number for the one value there is."""

    column: str
    start: int
    width: int
    many: bool


# Widths hold a reserve of words: eight stages have room for ten.
LAYOUT: Mapping[Facet, Field] = {
    Facet.STAGE: Field("traits", 0, 10, True),
    Facet.TRANSITION: Field("traits", 10, 10, True),
    Facet.SUPPORT: Field("traits", 20, 16, True),
    Facet.FOCUS: Field("traits", 36, 24, True),
    Facet.REGION: Field("areas", 0, 16, True),
    Facet.KIND: Field("areas", 16, 6, False),
    Facet.REACH: Field("areas", 22, 4, False),
    Facet.STATUS: Field("areas", 26, 4, False),
}


@cache
def words_of(facet: Facet) -> tuple[str, ...]:
    """A facet's values in the order of their bits."""
    return tuple(VOCABULARIES[facet].values)


def region_codes() -> tuple[str, ...]:
    """England's regions and the other nations: what a document lies in."""
    return _regions_of(gazetteer())


@lru_cache(maxsize=2)
def _regions_of(gaz: Gazetteer) -> tuple[str, ...]:
    nations = [place.code for place in gaz.of_kind(PlaceKind.NATION) if not place.code.startswith("E")]
    return (*sorted(place.code for place in gaz.of_kind(PlaceKind.REGION)), *sorted(nations))


def values_of(facet: Facet) -> tuple[str, ...]:
    """What the bits or numbers of a facet stand for, in their order."""
    return region_codes() if facet == Facet.REGION else words_of(facet)


def pack(values: Mapping[Facet, Iterable[str]]) -> tuple[int, int]:
    """The two integers of a document. What is no value of its facet is left out; one of a kind counts from one."""
    columns = {"traits": 0, "areas": 0}
    for facet, words in values.items():
        field, known = LAYOUT[facet], values_of(facet)
        for word in words:
            if word in known:
                number = known.index(word)
                columns[field.column] |= (1 << number if field.many else number + 1) << field.start
    return columns["traits"], columns["areas"]


def unpack(traits: int, areas: int, regions: tuple[str, ...] | None = None) -> dict[Facet, list[str]]:
    """The words that two integers stand for: what `pack` was given. `regions`: `region_codes()`, for many."""
    regions = regions or region_codes()
    words: dict[Facet, list[str]] = {}
    for facet, from_traits, start, mask, many in _FIELDS:
        bits = (traits if from_traits else areas) >> start & mask
        words[facet] = list(_words(facet, regions, bits, many)) if bits else []
    return words


_FIELDS = tuple(
    (facet, field.column == "traits", field.start, (1 << field.width) - 1, field.many)
    for facet, field in LAYOUT.items()
)


@lru_cache(maxsize=20_000)
def _words(facet: Facet, _regions: tuple[str, ...], bits: int, many: bool) -> tuple[str, ...]:
    """`_regions`: what the bits stand for may change with the places."""
    known = values_of(facet)
    if many:
        return tuple(word for number, word in enumerate(known) if bits >> number & 1)
    return known[bits - 1 : bits]
