"""The drawn coast made better by what postcodes tell: islands it lacks, lakes it lacks, islands drawn too small."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from pyproj import Transformer

from places.boundaries.deriving.points import Points

# Where the coast lacks an island, a postcode that stands in the sea stands for the ground around it; in metres.
# What is nearer to the land than two of `_CREEK` is joined to it.
_FROM_LAND, _GROUND, _CREEK = 400, 350, 200
# Lakes that the coast lacks: the hole in the postcodes around a point, and how far from its shores people live.
_LAKES = {"Lough Neagh": (54.6, -6.41, 700), "Lower Lough Erne": (54.48, -7.8, 1000)}
_HOLE_AROUND, _SMOOTH = 25_000, 300
# Authorities that are islands, and their land in square kilometres (Office for National Statistics, Standard Area
# Measurements, to mean high water): a coast drawn for a scale of 1 to 10 million is some hundred metres out, which
# is little on a map and 5 to 60 % of these. It is moved out or in alike all around until the area is right.
ISLANDS: Mapping[str, float] = {
    "E06000046": 380,  # Isle of Wight
    "E06000053": 16,  # Isles of Scilly
    "S12000013": 3056,  # Na h-Eileanan Siar
    "S12000023": 989,  # Orkney Islands
    "S12000027": 1467,  # Shetland Islands
}


def with_missing_islands(land: shapely.Geometry, abroad: shapely.Geometry, points: Points) -> shapely.Geometry:
    """The land, and some ground around postcodes out at sea, but for what lies over the border."""
    spots = shapely.points(points.places)
    shapely.prepare(land)
    far = spots[~shapely.dwithin(land, spots, _FROM_LAND)]
    ground = shapely.union_all(shapely.buffer(far, _GROUND, quad_segs=3))
    ours = shapely.union_all([part for part in shapely.get_parts(ground) if not part.intersects(abroad)])
    shore = land.intersection(shapely.buffer(ours, 3 * _CREEK))
    joined = shapely.buffer(shapely.buffer(shapely.union_all([shore, ours]), _CREEK), -_CREEK)
    return shapely.union_all([land, joined])


def without_lakes(land: shapely.Geometry, points: Points) -> shapely.Geometry:
    """The land without the lakes of Northern Ireland, the only ones that change an authority's area by 3 %."""
    spots = shapely.points(points.places)
    to_british = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    for latitude, longitude, shore in _LAKES.values():
        middle = shapely.Point(to_british.transform(longitude, latitude))
        around = shapely.buffer(middle, _HOLE_AROUND)
        near = spots[shapely.dwithin(around, spots, shore)]
        empty = shapely.get_parts(around.difference(shapely.union_all(shapely.buffer(near, shore, quad_segs=6))))
        lake = empty[np.argmin(shapely.distance(empty, middle))]
        land = land.difference(shapely.buffer(shapely.buffer(lake, -_SMOOTH), _SMOOTH))
    return land


def fitted_islands(land: shapely.Geometry, points: Points) -> shapely.Geometry:
    """The land with the coasts of `ISLANDS` moved until each has its area."""
    parts = shapely.get_parts(land)
    spots = shapely.points(points.places)
    tree = shapely.STRtree(parts)
    at, part = tree.query(spots, predicate="within")
    owners: dict[int, set[int]] = {}
    for point, number in zip(at, part, strict=True):
        owners.setdefault(int(number), set()).add(int(points.owners[point]))
    moved = []
    taken = set()
    for code, square_kilometres in ISLANDS.items():
        own = {points.codes.index(code)}
        mine = [number for number, those in owners.items() if those == own]
        taken |= set(mine)
        moved.append(_of_area(shapely.union_all(parts[mine]), square_kilometres * 1e6))
    kept = [part for number, part in enumerate(parts) if number not in taken]
    return shapely.union_all([*kept, *moved])


def without_ponds(land: shapely.Geometry, least: float = 2e6) -> shapely.Geometry:
    """The land with waters of less than `least` square metres filled up: ends of creeks that joining cut off."""
    filled = []
    for part in shapely.get_parts(land):
        rings = [ring for ring in part.interiors if shapely.Polygon(ring).area >= least]
        filled.append(shapely.Polygon(part.exterior, rings))
    return shapely.union_all(filled)


def _of_area(island: shapely.Geometry, wanted: float) -> shapely.Geometry:
    low, high = -500.0, 500.0
    for _half in range(20):
        middle = (low + high) / 2
        is_small = shapely.buffer(island, middle, join_style="mitre").area < wanted
        low, high = (middle, high) if is_small else (low, middle)
    return shapely.buffer(island, (low + high) / 2, join_style="mitre")
