"""National grid references as latitude and longitude, to a few metres.

The Ordnance Survey's "A guide to coordinate systems in Great Britain", annexes B and C, for the grids of Great
Britain (EPSG:27700) and Ireland (EPSG:29903). Written out because the general library takes longer to import than
all the postcodes take to read; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt, tan

_WGS84 = (6378137.0, 6356752.314245)


@dataclass(frozen=True, slots=True)
class Grid:
    """A transverse Mercator grid on its ellipsoid, and the seven figures that shift it to WGS 84."""

    axes: tuple[float, float]
    origin: tuple[float, float]
    scale: float
    false: tuple[float, float]
    shift: tuple[float, float, float]
    turn: tuple[float, float, float]  # seconds of arc
    stretch: float  # parts in a million


GREAT_BRITAIN = Grid(
    axes=(6377563.396, 6356256.909237),
    origin=(49.0, -2.0),
    scale=0.9996012717,
    false=(400000.0, -100000.0),
    shift=(446.448, -125.157, 542.06),
    turn=(0.15, 0.247, 0.842),
    stretch=-20.489,
)
IRELAND = Grid(
    axes=(6377340.189, 6356034.447939),
    origin=(53.5, -8.0),
    scale=1.000035,
    false=(200000.0, 250000.0),
    shift=(482.5, -130.6, 564.6),
    turn=(-1.042, -0.214, -0.631),
    stretch=8.15,
)


def to_latitude_longitude(grid: Grid, easting: float, northing: float) -> tuple[float, float]:
    """Degrees of WGS 84, rounded to about a metre."""
    latitude, longitude = _unproject(grid, easting, northing)
    x, y, z = _shift(grid, *_to_cartesian(grid.axes, latitude, longitude))
    latitude, longitude = _from_cartesian(_WGS84, x, y, z)
    return round(degrees(latitude), 5), round(degrees(longitude), 5)


def _arc(grid: Grid, latitude: float) -> float:
    """The meridian's length from the origin to a latitude."""
    a, b = grid.axes
    n = (a - b) / (a + b)
    first = radians(grid.origin[0])
    less, more = latitude - first, latitude + first
    return (
        b
        * grid.scale
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(less) * cos(more)
            + 1.875 * (n**2 + n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _unproject(grid: Grid, easting: float, northing: float) -> tuple[float, float]:
    a, b = grid.axes
    up = northing - grid.false[1]
    latitude = radians(grid.origin[0]) + up / (a * grid.scale)
    for _round in range(10):
        missing = up - _arc(grid, latitude)
        if abs(missing) < 1e-4:
            break
        latitude += missing / (a * grid.scale)
    eccentricity = 1 - (b / a) ** 2
    curve = 1 - eccentricity * sin(latitude) ** 2
    nu = a * grid.scale / sqrt(curve)
    rho = nu * (1 - eccentricity) / curve
    eta = nu / rho - 1
    t, d = tan(latitude), easting - grid.false[0]
    north = (
        d**2 * t / (2 * rho * nu)
        - d**4 * t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
        + d**6 * t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    )
    east = (
        d / nu
        - d**3 / (6 * nu**3) * (nu / rho + 2 * t**2)
        + d**5 / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
        - d**7 / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    ) / cos(latitude)
    return latitude - north, radians(grid.origin[1]) + east


def _to_cartesian(axes: tuple[float, float], latitude: float, longitude: float) -> tuple[float, float, float]:
    a, b = axes
    eccentricity = 1 - (b / a) ** 2
    nu = a / sqrt(1 - eccentricity * sin(latitude) ** 2)
    across = nu * cos(latitude)
    return across * cos(longitude), across * sin(longitude), (1 - eccentricity) * nu * sin(latitude)


def _shift(grid: Grid, x: float, y: float, z: float) -> tuple[float, float, float]:
    rx, ry, rz = (radians(second / 3600) for second in grid.turn)
    scale = 1 + grid.stretch / 1e6
    dx, dy, dz = grid.shift
    return (
        dx + scale * (x - rz * y + ry * z),
        dy + scale * (rz * x + y - rx * z),
        dz + scale * (-ry * x + rx * y + z),
    )


def _from_cartesian(axes: tuple[float, float], x: float, y: float, z: float) -> tuple[float, float]:
    a, b = axes
    eccentricity = 1 - (b / a) ** 2
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - eccentricity))
    for _round in range(6):
        nu = a / sqrt(1 - eccentricity * sin(latitude) ** 2)
        latitude = atan2(z + eccentricity * nu * sin(latitude), across)
    return latitude, atan2(y, x)


def miles_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Along the ground, over a round earth (within half a per cent)."""
    (north, east), (north_there, east_there) = ((radians(a), radians(b)) for a, b in (here, there))
    half = sin((north_there - north) / 2) ** 2
    half += cos(north) * cos(north_there) * sin((east_there - east) / 2) ** 2
    return 2 * 3958.7613 * asin(sqrt(min(1.0, half)))
