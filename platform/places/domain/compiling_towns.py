"""From the register of schools to towns: what they are called, whose council area they lie in, where their middle is.

Sources: `schools_england.csv` (name, town and postcode of every school: a public register), and
`data/known_towns.json` for the other nations and for what the register lacks or misspells. Positions and council areas
come from the postcode directory.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from math import hypot
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from places.domain.compiling import read_rows
from places.domain.naming import name_key
from places.domain.projecting import GREAT_BRITAIN, IRELAND, miles_between, to_latitude_longitude
from places.postcodes import PostcodeError, letter_of, letters, parse_postcode

_APART = 13_000  # metres between two schools of one town at most: more, and they are two towns of one name
_STRAY = 20  # one school among so many, in another council area, is a slip of the register
_FEWEST = 3  # schools that say where the middle of a council area's own town is
_BORDER = 8  # miles between a town that is written down and schools of its name in another council area
_SQUARE = 1_000
_NO_TOWN = re.compile(r"\d|\b(?:school|academy|office|centre)\b", re.IGNORECASE)
_NEAR = re.compile(r"^(?:nr\.?|near|via) ", re.IGNORECASE)
_SMALL = frozenset(
    ("and", "by", "cum", "de", "in", "la", "le", "next", "of", "on", "over", "super", "the", "under", "upon")
)
Row = tuple[Any, ...]  # as `places.towns.Town` takes it


class Stand(NamedTuple):
    """Where a school or a postcode is: whose council area, and its easting and northing."""

    code: str
    at: tuple[int, int]


class TownCompiler:
    """One run: names are kept from becoming towns twice, and postcodes are counted once."""

    def __init__(self, known: dict[str, Any], data: dict[str, Any]) -> None:
        self.known = known
        places: list[dict[str, Any]] = data["places"]
        wider = [place for place in places if place["kind"] not in ("authority", "priority-area")]
        self.authorities = {
            place["code"]: {name_key(name) for name in (place["name"], *place.get("other_names", []))}
            for place in places
            if place["kind"] == "authority"
        }
        self.no_towns = {name_key(name) for name in known["not_towns"]}
        self.no_towns |= {name_key(name) for place in wider for name in (place["name"], *place.get("other_names", []))}
        self.no_towns |= {name_key(name) for code, name, _today in data["former_codes"] if code.startswith("E10")}
        self.squares = _count_squares()

    def compile(self, schools: Iterable[dict[str, str]]) -> list[Row]:
        """Every town, by name, of one name the largest first."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in (*self._written_down(), *self._of_register(schools)):
            namesakes = rows[name_key(row[0])]
            # What is written down stands before the register: schools of Tutshill have Chepstow's name, across the Wye.
            if not any(row[1] == one[1] or miles_between(row[2:4], one[2:4]) < _BORDER for one in namesakes):
                namesakes.append(row)
        return [row for key in sorted(rows) for row in sorted(rows[key], key=lambda row: (-row[4], row[1]))]

    def _written_down(self) -> Iterator[Row]:
        for nation in ("england", "wales", "scotland", "northern_ireland"):
            for name, district, *welsh in self.known[nation]:
                outward, _space, sector = district.partition(" ")
                letter = letter_of(outward[0])
                spots = letter.spots(outward, sector) if letter else ()
                stands = [Stand(spot.authority_code, spot.position) for spot in spots if spot.position]
                if not stands:
                    raise ValueError(f"No postcode begins with {district}, where {name} should be")
                grid = "N" if nation == "northern_ireland" else ""
                yield self._row(name, _commonest(stands), _densest(stands), grid, *welsh)

    def _of_register(self, schools: Iterable[dict[str, str]]) -> Iterator[Row]:
        found: dict[str, list[Stand]] = defaultdict(list)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for school in schools:
            name = tidy(school["town"])
            name = self.known["spelt"].get(name, name)
            key = name_key(name)
            if key and key not in self.no_towns and not _NO_TOWN.search(name):
                try:
                    facts = parse_postcode(school["postcode"])
                except PostcodeError:
                    continue
                found[key].append(Stand(facts.authority_code, (facts.easting, facts.northing)))
                spellings[key][name] += 1
        for key, stands in found.items():
            name = max(spellings[key], key=lambda spelling: (spellings[key][spelling], spelling))
            for group in _towns_of_one_name(stands):
                # Most schools with a Cambridge address are outside the city: the city is what bears the name.
                own = [stand for stand in group if key in self.authorities[stand.code]]
                if not own or len(own) >= _FEWEST:
                    yield self._row(name, _commonest(own or group), self._middle(own or group), "")

    def _row(self, name: str, code: str, at: tuple[int, int], grid: str, welsh: str = "") -> Row:
        north, east = to_latitude_longitude(IRELAND if grid else GREAT_BRITAIN, *at)
        size = self._postcodes_around(at, grid, squares=2)
        return (name, code, round(north, 4), round(east, 4), size, *([welsh] if welsh else []))

    def _middle(self, stands: list[Stand]) -> tuple[int, int]:
        """The median of schools, each counted as often as there are postcodes around it.

        Half of the schools with Whitby's name stand in villages on the moor; its people do not.
        """
        weighed = [(stand.at, self._postcodes_around(stand.at, "", squares=1)) for stand in stands]
        east = _heavy_median((at[0], weight) for at, weight in weighed)
        return east, _heavy_median((at[1], weight) for at, weight in weighed)

    def _postcodes_around(self, at: tuple[int, int], grid: str, *, squares: int) -> int:
        column, row = at[0] // _SQUARE, at[1] // _SQUARE
        steps = range(-squares, squares + 1)
        return sum(self.squares[grid, column + x, row + y] for x in steps for y in steps)


def tidy(text: str) -> str:
    """A town as the register has it, without the noise: "NEWTON-LE-WILLOWS" and "Nr. Diss, Norfolk" as people write."""
    text = _NEAR.sub("", " ".join(text.replace("St.", "St").split()))
    parts = [part.strip(" .,)") for part in re.split(r",|/|\(|\. ", text)]
    parts = [part for part in parts if part] or [""]
    name = parts[-1] if len(parts) > 2 else parts[0]  # a street stands before its town, a county behind it
    words = re.split(r"([ -]+)", name)
    shouted = name.isupper() or name.islower()
    return "".join(_word(word, shouted=shouted, first=at == 0) for at, word in enumerate(words))


def _word(word: str, *, shouted: bool, first: bool) -> str:
    if word.lower() in _SMALL and not first:
        return word.lower()
    return word.capitalize() if shouted or word.islower() else word


def _towns_of_one_name(stands: list[Stand]) -> list[list[Stand]]:
    """Schools that hang together, those of one council area always; strays are left out."""
    groups: list[list[Stand]] = []
    for stand in stands:
        near = [group for group in groups if any(_is_near(stand, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([stand, *(other for group in near for other in group)])
    by_code: dict[str, list[Stand]] = defaultdict(list)
    for group in sorted(groups, key=len, reverse=True):
        by_code[_commonest(group)] += group
    return [group for group in by_code.values() if len(group) * _STRAY > len(stands)]


def _is_near(one: Stand, other: Stand) -> bool:
    return hypot(one.at[0] - other.at[0], one.at[1] - other.at[1]) <= _APART


def _commonest(stands: list[Stand]) -> str:
    return Counter(stand.code for stand in stands).most_common(1)[0][0]


def _heavy_median(values: Iterable[tuple[int, int]]) -> int:
    """The middle one of numbers, each counted as often as its weight says."""
    ordered = sorted(values)
    total = sum(weight for _value, weight in ordered)
    passed = accumulate(weight for _value, weight in ordered)
    return next(value for (value, _weight), sofar in zip(ordered, passed, strict=True) if 2 * sofar >= total)


def _densest(stands: list[Stand]) -> tuple[int, int]:
    """The middle of the three kilometres by three with the most postcodes: a district may reach far round its town."""
    squares: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for _code, (east, north) in stands:
        for x in (-1, 0, 1):
            for y in (-1, 0, 1):
                squares[east // _SQUARE + x, north // _SQUARE + y].append((east, north))
    best = max(squares.values(), key=len)
    return round(median(east for east, _north in best)), round(median(north for _east, north in best))


def _count_squares() -> Counter[tuple[str, int, int]]:
    """How many postcodes each square kilometre has; Northern Ireland's are of a grid of their own."""
    squares: Counter[tuple[str, int, int]] = Counter()
    for letter in letters():
        for outward in letter.outwards:
            grid = "N" if outward.startswith("BT") else ""
            for spot in letter.spots(outward):
                if spot.position:
                    squares[grid, spot.position[0] // _SQUARE, spot.position[1] // _SQUARE] += 1
    return squares


def compile_towns(schools: Path, known: Path, places: Path) -> list[Row]:
    """The towns of all four nations; raises OSError, KeyError or ValueError on bad sources."""
    compiler = TownCompiler(
        json.loads(known.read_text(encoding="utf-8")), json.loads(places.read_text(encoding="utf-8"))
    )
    return compiler.compile(read_rows(schools))
