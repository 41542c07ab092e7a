"""Where the names of areas stand on a map: each within its area and the map, over no circle and no other name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import sqrt

import numpy as np
from django.utils.safestring import SafeString

from places.boundaries.reading import Box, Shape

NAMES_FROM = (0, 1, 2, 4, 8, 16)  # how many times larger the map is where a name begins to fit; at 0 on a phone, too
_LETTER = 0.02  # a name's size, of the map's width
_WIDE = 0.56  # a letter's width, of its size
_ON_A_PHONE = 1.45  # how much larger letters are there, as static/places/map.css has it


@dataclass(frozen=True, slots=True)
class Circle:
    """A number in a circle: its middle and radius; of which area, where it is one authority's."""

    x: int
    y: int
    radius: float
    code: str


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    level: int
    x: int
    drop: float  # below the middle of its area, in letters' own lengths


def names(those: Sequence[Shape], called: Mapping[str, str], circles: Sequence[Circle], box: Box) -> SafeString:
    """The names as SVG. A class says from which size on each fits, so that style sheets show it; links and the table
    say the same to whoever does not see it."""
    placed = _placed(tuple(those), tuple(called[form.code] for form in those), tuple(circles), box)
    pieces = [
        f'<g transform="translate({one.x} {form.middle[1]})">'
        f'<text class="map__disc n{one.level}" y="{one.drop:.0f}">{escape(one.text)}</text></g>'
        for form, one in placed
    ]
    size = box.width * _LETTER
    return SafeString(f'<g class="map__names" font-size="{size:.1f}" aria-hidden="true">{"".join(pieces)}</g>')


@lru_cache(maxsize=128)
def _placed(
    those: tuple[Shape, ...], called: tuple[str, ...], circles: tuple[Circle, ...], box: Box
) -> tuple[tuple[Shape, _Name], ...]:
    """From the whole map to its largest, the largest areas first. What is apart stays apart as a map grows, for letters
    and circles keep their size."""
    size = box.width * _LETTER
    below = {circle.code: circle.radius for circle in circles if circle.code}
    waiting = sorted(zip(those, called, strict=True), key=lambda pair: -pair[0].hectares)
    needs = {form.code: _needed(len(name), form, size) for form, name in waiting}
    taken = _Taken(circles)
    found = []
    for level in NAMES_FROM:
        zoom = level or 1 / _ON_A_PHONE
        left = []
        for form, name in waiting:
            one = None
            if needs[form.code] <= zoom:
                drop = below[form.code] + size if form.code in below else size * 0.35
                one = _at(form, name, level, drop, size / zoom, zoom, box)
            if one and taken.takes(one, form, size, zoom):
                found.append((form, one))
            else:
                left.append((form, name))
        waiting = left
    return tuple(found)


def _needed(letters: int, form: Shape, size: float) -> float:
    """How many times larger the map has to be for so many letters to fit."""
    side = sqrt(form.hectares)  # in hectometres, as a hectare is a square of one
    wide, high = min(form.box.width, 1.7 * side), min(form.box.height, side)
    return max(letters * _WIDE * size / wide, 1.3 * size / high)


def _at(form: Shape, text: str, level: int, drop: float, letter: float, zoom: float, box: Box) -> _Name | None:
    """In the middle of its area, moved so far that the map's edge does not cut it; None where that leads out of it."""
    half = len(text) * _WIDE * letter / 2
    foot = form.middle[1] + drop / zoom
    x = min(max(form.middle[0], box.west + half), box.east - half)
    inside = form.box.west <= x <= form.box.east and box.north + letter <= foot <= box.south
    return _Name(text, level, round(x), drop) if inside else None


class _Taken:
    """What stands on the map: middles of circles and names with half their width and height at the map's own size."""

    def __init__(self, circles: Sequence[Circle]) -> None:
        self.rows = np.array([(one.x, one.y, one.radius, one.radius) for one in circles]).reshape(-1, 4)
        self.codes = [one.code for one in circles]
        self.drops = np.zeros(len(circles))

    def takes(self, one: _Name, form: Shape, size: float, zoom: float) -> bool:
        """Whether a name has room at this size, and gets it."""
        half, high = (len(one.text) * _WIDE / 2 + 0.3) * size, size * 0.5
        drop = one.drop - size * 0.35  # of its middle
        x, y = one.x, form.middle[1] + drop / zoom
        beside = np.abs(self.rows[:, 0] - x) < (self.rows[:, 2] + half) / zoom
        over = np.abs(self.rows[:, 1] + self.drops / zoom - y) < (self.rows[:, 3] + high) / zoom
        meets = beside & over
        if form.code in self.codes:  # its own circle is above it
            meets[self.codes.index(form.code)] = False
        if meets.any():
            return False
        self.rows = np.vstack([self.rows, (one.x, form.middle[1], half, high)])
        self.drops = np.append(self.drops, drop)
        self.codes.append("")
        return True
