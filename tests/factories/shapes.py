"""Paths read back as corners, to be measured without the library that made them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

Corner = tuple[int, int]
Ring = list[Corner]
_NUMBER = re.compile(r"-?\d+")


def rings_of(path: str) -> list[Ring]:
    """The rings of a path of steps; the first corner is not repeated at the end."""
    x = y = 0
    rings = []
    for told in path.strip("z").split("z"):
        numbers = list(map(int, _NUMBER.findall(told)))
        ring = []
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            ring.append((x, y))
        x, y = ring[0]  # where SVG goes on after a ring is closed
        rings.append(ring)
    return rings


def edges_of(ring: Ring) -> Iterator[tuple[Corner, Corner]]:
    """From corner to corner, round to the first."""
    return pairwise([*ring, ring[0]])


def area_of(rings: Iterable[Ring]) -> float:
    """Square units; holes run the other way and take theirs away."""
    return abs(sum(signed_area(ring) for ring in rings))


def signed_area(ring: Ring) -> float:
    """The shoelace formula."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in edges_of(ring)) / 2


def is_inside(rings: Iterable[Ring], x: float, y: float) -> bool:
    """Whether a point lies in an area of rings: a line from it crosses an odd number of edges."""
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in edges_of(ring):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossings += 1
    return crossings % 2 == 1
