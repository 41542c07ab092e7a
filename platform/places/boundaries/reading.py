"""The shapes of today's 361 authorities, read once a process from the file that `places.boundaries.deriving` makes.

Lengths are whole hectometres of the British National Grid (EPSG:27700), northings turned over so that north is up as
SVG has it. docs/maps.md says where the shapes are from and how right they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "boundaries.json"


class Level(StrEnum):
    """How much detail: `FAR` is for a country, `NEAR` for a region or one authority. Each is whole in itself."""

    FAR = "far"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its west, north, east and south edges."""

    west: int
    north: int
    east: int
    south: int

    @property
    def width(self) -> int:
        return self.east - self.west

    @property
    def height(self) -> int:
        return self.south - self.north

    def meets(self, other: Box) -> bool:
        """Whether the two have ground in common."""
        return (
            self.west < other.east and other.west < self.east and self.north < other.south and other.north < self.south
        )

    def wider(self, by: int) -> Box:
        """With more room on each side."""
        return Box(self.west - by, self.north - by, self.east + by, self.south + by)


@dataclass(frozen=True, slots=True)
class Shape:
    """An authority's shape: an SVG path; its area in hectares; the middle of its largest part; its box."""

    code: str
    path: str
    hectares: int
    middle: tuple[int, int]
    box: Box


def shape(code: str, level: Level = Level.NEAR) -> Shape:
    """The shape of an authority of today; raises KeyError for any other code."""
    return _shapes(level)[code]


def shapes(codes: Iterable[str], level: Level = Level.NEAR) -> tuple[Shape, ...]:
    """The shapes of several authorities, which together are the shape of their region or nation."""
    every = _shapes(level)
    return tuple(every[code] for code in codes)


def shapes_in(box: Box, level: Level = Level.NEAR) -> tuple[Shape, ...]:
    """Every shape of which some may lie in a box."""
    return tuple(one for one in _shapes(level).values() if one.box.meets(box))


def box_of(those: Iterable[Shape]) -> Box:
    """The box around shapes; raises ValueError where there are none."""
    wests, norths, easts, souths = zip(
        *((one.box.west, one.box.north, one.box.east, one.box.south) for one in those), strict=True
    )
    return Box(min(wests), min(norths), max(easts), max(souths))


def neighbours(code: str) -> tuple[str, ...]:
    """The authorities that share a border with one on land; none of an island."""
    return _neighbours().get(code, ())


@cache
def _read() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


@cache
def _shapes(level: Level) -> Mapping[str, Shape]:
    data = _read()
    return {
        code: Shape(code, path, hectares, (middle[0], middle[1]), Box(*box))
        for code, (path, hectares, middle, box) in zip(data["codes"], data[level.value], strict=True)
    }


@cache
def _neighbours() -> Mapping[str, tuple[str, ...]]:
    data = _read()
    codes: list[str] = data["codes"]
    found: dict[str, list[str]] = {code: [] for code in codes}
    for code, others in zip(codes, data["neighbours"], strict=True):
        for other in others:
            found[code].append(codes[other])
            found[codes[other]].append(code)
    return {code: tuple(sorted(others)) for code, others in found.items()}
