"""From points to areas that neither overlap nor leave gaps: cells, dissolved, clipped, simplified, rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import shapely
from shapely import STRtree

from places.boundaries.deriving.points import Points

HECTOMETRE = 100
Areas = dict[str, shapely.Geometry]


def dissolved(points: Points, around: shapely.Geometry) -> Areas:
    """Each authority's Voronoi cells as one area."""
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points.places), extend_to=around, ordered=True)
    )
    order = np.argsort(points.owners, kind="stable")
    starts = np.searchsorted(points.owners[order], np.arange(len(points.codes) + 1))
    return {
        code: shapely.coverage_union_all(cells[order[starts[number] : starts[number + 1]]])
        for number, code in enumerate(points.codes)
    }


def clipped(areas: Areas, land: shapely.Geometry) -> Areas:
    """What of each area is land."""
    return _refaced(areas, shapely.boundary(land), land=land)


def simplified(areas: Areas, tolerance: float) -> Areas:
    """With fewer corners, borders that two share still shared; `tolerance` is in the areas' unit of length."""
    simple = shapely.coverage_simplify(list(areas.values()), tolerance)
    return dict(zip(areas, simple, strict=True))


def rounded(areas: Areas, unit: float = HECTOMETRE) -> Areas:
    """Corners moved to whole units, and measured in them: lines that meet or cross by it get a corner there."""
    small = {code: shapely.transform(area, lambda corners: corners / unit) for code, area in areas.items()}
    return _refaced(small, None, grid=1)


def without_crumbs(areas: Areas, least: float) -> Areas:
    """Without parts smaller than `least` square units: islets left out, others given to the longest neighbour.

    What is a twentieth of its authority is no crumb.
    """
    kept: dict[str, list[shapely.Geometry]] = {}
    crumbs: list[shapely.Geometry] = []
    for code, area in areas.items():
        parts = shapely.get_parts(area)
        enough = min(least, area.area / 20)
        kept[code] = [part for part in parts if part.area >= enough]
        crumbs += [part for part in parts if part.area < enough]
    codes = list(kept)
    tree = STRtree([_as_many(parts) for parts in kept.values()])
    for crumb in crumbs:
        near = tree.query(crumb, predicate="intersects")
        lengths = [shapely.intersection(crumb, tree.geometries[at]).length for at in near]
        if lengths and max(lengths):
            kept[codes[near[int(np.argmax(lengths))]]].append(crumb)
    return {code: _as_many(parts) for code, parts in kept.items()}


def _refaced(
    areas: Areas, more: shapely.Geometry | None, *, land: shapely.Geometry | None = None, grid: float = 0
) -> Areas:
    """All borders (and `more` lines) cut where they meet; each face between them given to the area it lies in.

    However the corners were rounded, what two areas share is then the same line, corner by corner.
    """
    borders: list[shapely.Geometry] = [shapely.boundary(area) for area in areas.values()]
    lines = shapely.union_all([*borders, more] if more is not None else borders, grid_size=grid or None)
    faces = shapely.get_parts(shapely.polygonize([lines]))
    middles = shapely.point_on_surface(faces)
    if land is not None:
        shapely.prepare(land)
        inside = shapely.contains(land, middles)
        faces, middles = faces[inside], middles[inside]
    codes = list(areas)
    at, owner = STRtree(list(areas.values())).query(middles, predicate="within")
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for face, number in zip(at, owner, strict=True):
        parts[codes[number]].append(faces[face])
    return {code: _as_many(parts[code]) for code in codes}


def _as_many(parts: Iterable[shapely.Geometry]) -> shapely.Geometry:
    return shapely.multipolygons(shapely.get_parts(shapely.coverage_union_all(list(parts))))
