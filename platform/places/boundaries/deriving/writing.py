"""The derived areas as a file: for each level and authority a path of whole hectometres, its area, middle and box."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from places.boundaries.deriving.cells import Areas

_PRECISION = 0.5


def write(levels: Mapping[str, Areas], to: Path) -> dict[str, int]:
    """Write the file; how many corners each level has."""
    codes = sorted(next(iter(levels.values())))
    parts = [f'"codes":{_json(codes)}', f'"neighbours":{_json(_neighbours(codes, levels["near"]))}']
    for level, areas in levels.items():
        parts.append(f'"{level}":[\n' + ",\n".join(_json(_told(areas[code])) for code in codes) + "\n]")
    to.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    return {
        level: sum(int(shapely.get_num_coordinates(area)) for area in areas.values()) for level, areas in levels.items()
    }


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _neighbours(codes: list[str], areas: Areas) -> list[list[int]]:
    """For each authority the numbers of those after it that share a border with it."""
    shapes = [areas[code] for code in codes]
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    found: list[list[int]] = [[] for _code in codes]
    for one, other in sorted(map(tuple, pairs.tolist())):
        if one < other and shapes[one].intersection(shapes[other]).length:
            found[one].append(other)
    return found


def _told(area: shapely.Geometry) -> list[Any]:
    """Path; square hectometres; the middle of its largest part, where most room is around; its box."""
    parts = sorted(shapely.get_parts(area), key=shapely.area, reverse=True)
    middle = shapely.maximum_inscribed_circle(parts[0], _PRECISION).coords[0]
    west, south, east, north = shapely.bounds(area).astype(int).tolist()
    return [_path(parts), round(area.area), [round(middle[0]), -round(middle[1])], [west, -north, east, -south]]


def _path(parts: list[shapely.Geometry]) -> str:
    """SVG's short form: each ring from its first corner by steps, northings turned over so that north is up."""
    told, here = [], np.array([0, 0])
    for part in parts:
        for ring in shapely.get_rings(shapely.normalize(part)):
            corners = np.rint(shapely.get_coordinates(ring)[:-1] * [1, -1]).astype(int)
            steps = np.diff(np.vstack([here[None, :], corners]), axis=0)
            told.append("m" + "".join(_step(x, y) for x, y in steps).strip() + "z")
            here = corners[0]
    return "".join(told)


def _step(x: int, y: int) -> str:
    return f"{'' if x < 0 else ' '}{x}{'' if y < 0 else ' '}{y}"
