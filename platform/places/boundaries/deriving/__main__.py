"""Makes `places/boundaries/data/boundaries.json` anew: `python -m places.boundaries.deriving countries-10m.json`.

Needs shapely 2.1 or newer and pyproj besides the product's own packages, and the file `countries-10m.json` of npm's
world-atlas (`npm pack world-atlas`, public domain). Run from `platform/`; it takes about half a minute.
docs/maps.md tells how.
"""

from __future__ import annotations

import sys
from pathlib import Path

from places.boundaries.deriving.cells import clipped, dissolved, rounded, simplified, without_crumbs
from places.boundaries.deriving.coast import IRELAND, UNITED_KINGDOM, read_coast
from places.boundaries.deriving.points import authority_points
from places.boundaries.deriving.waters import fitted_islands, with_missing_islands, without_lakes, without_ponds
from places.boundaries.deriving.writing import write
from places.boundaries.reading import DATA

# How much is left out, in metres, and the least part, in square metres: of a map of the country, and of a place.
_FAR, _FAR_CRUMB = 1000, 3e6
_NEAR, _NEAR_CRUMB = 225, 0.3e6


def derive(coast: Path) -> dict[str, int]:
    """Write the boundaries from a coast; how many corners each level has."""
    points = authority_points()
    land = with_missing_islands(read_coast(coast, UNITED_KINGDOM), read_coast(coast, IRELAND), points)
    land = fitted_islands(without_ponds(without_lakes(land, points)), points)
    areas = clipped(dissolved(points, land), land)
    near = simplified(without_crumbs(areas, _NEAR_CRUMB), _NEAR)
    far = simplified(without_crumbs(areas, _FAR_CRUMB), _FAR)
    return write({"far": rounded(far), "near": rounded(near)}, DATA)


if __name__ == "__main__":
    for level, corners in derive(Path(sys.argv[1])).items():
        sys.stdout.write(f"{level}: {corners} corners\n")
    sys.stdout.write(f"{DATA.stat().st_size} bytes in {DATA.name}\n")
