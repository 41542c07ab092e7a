"""One letter of the postcode directory, packed: twelve bytes a postcode instead of a hundred.

The package's files are brotli over msgpack: `{"columns": [...], "data": {"pcd": [...], "laua": [...],
"oseast1m": [...], "osnrth1m": [...]}}`, sorted by `pcd`, seven characters each ("TS1 3BA" as "TS1 3BA", "S1  1AA").
Every element of a column has one width there, so columns are cut out of the bytes and never become objects.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from math import isnan
from pathlib import Path

import brotli
import msgpack

_NO_CODE, _NO_CODE_PACKED = b"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", b"\xa9---------"
NOWHERE = "---------"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a postcode lies: its authority's code, and its easting and northing (None where there are none)."""

    authority_code: str
    position: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Letter:
    """All postcodes that begin with one letter."""

    outwards: dict[str, tuple[int, int]]  # "TS1" → the first and one past the last of its postcodes
    inwards: bytes
    codes: tuple[str, ...]
    authorities: array[int]
    eastings: bytes
    northings: bytes

    def find(self, outward: str, inward: str) -> Spot | None:
        """The spot of a postcode, None where it is not in the directory."""
        start, end = self.outwards.get(outward, (0, 0))
        wanted = inward.encode()
        at = bisect_left(range(end), wanted, lo=start, key=lambda row: self.inwards[3 * row : 3 * row + 3])
        if at >= end or self.inwards[3 * at : 3 * at + 3] != wanted:
            return None
        return Spot(self.codes[self.authorities[at]], _position(self.eastings, self.northings, at))

    def centre(self, outward: str) -> Spot | None:
        """The middle of an outward code's postcodes, and the authority that has most of them."""
        start, end = self.outwards.get(outward, (0, 0))
        if start == end:
            return None
        index = Counter(self.authorities[start:end]).most_common(1)[0][0]
        spots = list(filter(None, (_position(self.eastings, self.northings, row) for row in range(start, end))))
        if not spots:
            return Spot(self.codes[index], None)
        east, north = (round(sum(values) / len(spots)) for values in zip(*spots, strict=True))
        return Spot(self.codes[index], (east, north))

    def spots(self, outward: str, sector: str = "") -> Iterator[Spot]:
        """Those of an outward code's postcodes that have a position; of one sector ("3" of "LL57 3"), where named."""
        start, end = self.outwards.get(outward, (0, 0))
        for row in range(start, end):
            if self.inwards[3 * row : 3 * row + 1].startswith(sector.encode()):
                position = _position(self.eastings, self.northings, row)
                if position is not None:
                    yield Spot(self.codes[self.authorities[row]], position)


def _position(eastings: bytes, northings: bytes, row: int) -> tuple[int, int] | None:
    east, north = _metres(eastings, row), _metres(northings, row)
    return None if isnan(east) or isnan(north) else (int(east), int(north))


def _metres(column: bytes, row: int) -> float:
    """Half of a big-endian double is exact for whole metres below two million."""
    value: float = struct.unpack(">d", column[4 * row : 4 * row + 4] + b"\0\0\0\0")[0]
    return value


def read_letter(path: Path) -> Letter:
    """Unpack one file of the directory; raises OSError or ValueError where it is not what it was."""
    raw = brotli.decompress(path.read_bytes())
    start, rows = _column(raw, "pcd", raw.index(b"\xa4data"))
    postcodes = raw[start : start + 8 * rows]
    authorities_start = start + 8 * rows
    eastings_start, _rows = _column(raw, "oseast1m", authorities_start)
    codes, authorities = _authorities(raw[authorities_start:eastings_start], rows)
    eastings = _half_doubles(raw, eastings_start, rows)
    northings_start, _rows = _column(raw, "osnrth1m", eastings_start + 9 * rows)
    northings = _half_doubles(raw, northings_start, rows)
    del raw
    inwards = bytearray(3 * rows)
    for place in range(3):
        inwards[place::3] = postcodes[5 + place :: 8]
    return Letter(dict(_outwards(postcodes, rows)), bytes(inwards), codes, authorities, eastings, northings)


def _column(raw: bytes, name: str, after: int) -> tuple[int, int]:
    """Where a column's first element is, and how many there are: an array's length has two bytes or four."""
    at = raw.index(name.encode(), after) + len(name)
    width = {0xDC: 2, 0xDD: 4}[raw[at]]
    return at + 1 + width, int.from_bytes(raw[at + 1 : at + 1 + width], "big")


def _authorities(column: bytes, rows: int) -> tuple[tuple[str, ...], array[int]]:
    """The distinct codes, and for each row the number of its own."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    unpacker = msgpack.Unpacker(max_buffer_size=0)
    unpacker.feed(column.replace(_NO_CODE, _NO_CODE_PACKED))
    unpacker.unpack()  # the column's name
    unpacker.read_array_header()
    authorities = array("H", map(numbers.__getitem__, islice(unpacker, rows)))
    return tuple(numbers), authorities


def _half_doubles(raw: bytes, start: int, rows: int) -> bytes:
    half = bytearray(4 * rows)
    for place in range(4):
        half[place::4] = raw[start + 1 + place : start + 9 * rows : 9]
    return bytes(half)


def _outwards(postcodes: bytes, rows: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each outward code with its rows; they are sorted, so the next one is a leap away."""
    row = 0
    while row < rows:
        outward = postcodes[8 * row + 1 : 8 * row + 5]
        after = outward[:3] + bytes([outward[3] + 1])
        end = bisect_left(range(rows), after, lo=row, key=lambda at: postcodes[8 * at + 1 : 8 * at + 5])
        yield outward.decode().strip(), (row, end)
        row = end
