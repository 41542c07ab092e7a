"""Where each authority's postcodes are: one point for an authority and a square of 300 m, in metres of EPSG:27700."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from places.domain.packing import NOWHERE, Letter
from places.postcodes import letters

SQUARE = 300
_IRISH_GRID, _BRITISH_GRID = "EPSG:29903", "EPSG:27700"


@dataclass(frozen=True)
class Points:
    """Points as rows of easting and northing, and for each the number of its authority in `codes`."""

    codes: tuple[str, ...]
    owners: NDArray[np.int64]
    places: NDArray[np.float64]


def authority_points() -> Points:
    """The middle of each authority's postcodes in each square; the islands outside the United Kingdom left out."""
    numbers: dict[str, int] = {}
    owners, places = [], []
    for letter in letters():
        known = np.array([_number(code, numbers) for code in letter.codes])
        owner, place = known[np.array(letter.authorities)], _positions(letter)
        good = (owner >= 0) & ~np.isnan(place).any(axis=1)
        owners.append(owner[good])
        places.append(place[good])
    return _thinned(tuple(numbers), np.concatenate(owners), np.concatenate(places))


def _number(code: str, numbers: dict[str, int]) -> int:
    return -1 if code == NOWHERE or code.endswith("99999999") else numbers.setdefault(code, len(numbers))


def _positions(letter: Letter) -> NDArray[np.float64]:
    columns = [_halves(letter.eastings), _halves(letter.northings)]
    places = np.stack(columns, axis=1)
    is_irish = np.array([code.startswith("N") for code in letter.codes])[np.array(letter.authorities)]
    is_irish &= ~np.isnan(places).any(axis=1)
    if is_irish.any():
        to_british = Transformer.from_crs(_IRISH_GRID, _BRITISH_GRID, always_xy=True)
        places[is_irish] = np.stack(to_british.transform(*places[is_irish].T), axis=1)
    return places


def _halves(column: bytes) -> NDArray[np.float64]:
    """A column of `places.domain.packing`: the upper halves of big-endian doubles."""
    upper = np.frombuffer(column, ">u4").astype(np.uint64)
    return (upper << np.uint64(32)).view(np.float64).copy()


def _thinned(codes: tuple[str, ...], owners: NDArray[np.int64], places: NDArray[np.float64]) -> Points:
    squares = np.floor(places / SQUARE).astype(np.int64)
    keys = np.column_stack([owners, squares])
    unique, inverse, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    sums = [np.bincount(inverse, places[:, axis], len(unique)) for axis in (0, 1)]
    middles = np.stack(sums, axis=1) / counts[:, None]
    _once, first = np.unique(middles, axis=0, return_index=True)  # two authorities' only point in one house
    return Points(codes, unique[first, 0], middles[first])
