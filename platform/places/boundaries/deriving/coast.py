"""Coasts from npm's world-atlas (Natural Earth for 1 to 10 million, public domain), in metres of EPSG:27700."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer
from shapely.geometry import Polygon

UNITED_KINGDOM, IRELAND = "826", "372"
Ring = list[tuple[float, float]]


def read_coast(path: Path, country: str) -> shapely.Geometry:
    """A country's land in the TopoJSON file `countries-10m.json`; raises KeyError or StopIteration for another file."""
    atlas = json.loads(path.read_text(encoding="utf-8"))
    arcs = [_unpacked(arc, atlas["transform"]) for arc in atlas["arcs"]]
    countries = atlas["objects"]["countries"]["geometries"]
    shapes = next(shape for shape in countries if shape.get("id") == country)
    to_british = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    polygons = []
    for rings in shapes["arcs"]:
        outer, *holes = [list(to_british.itransform(_joined(ring, arcs))) for ring in rings]
        polygons.append(shapely.make_valid(Polygon(outer, holes)))
    return shapely.union_all(polygons)


def _unpacked(arc: list[list[int]], transform: dict[str, Any]) -> Ring:
    """Differences of whole numbers as degrees."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda here, step: [here[0] + step[0], here[1] + step[1]])
    return [(x * wide + west, y * high + south) for x, y in steps]


def _joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring of arcs; one whose number is inverted runs backward, and each begins where the one before it ended."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring
