"""How a month's numbers of a place lie in its row: measures, each by step and support. 0 is “any”, as in a journey."""

from __future__ import annotations

import zlib
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


class Kept(IntEnum):
    """What is kept of a cell. The numbers are kept: do not reorder."""

    REACH = 0  # initiatives that reach the place
    NAME = 1  # of these, those that name it or a part of it, and are not online
    PLACES = 2  # places a year, where they say
    UNKNOWN = 3  # do not say how many places they have


def pack(numbers: Numbers) -> bytes:
    return zlib.compress(numbers.astype("<i8").tobytes(), 6)


def unpack(kept: bytes | memoryview, steps: int, supports: int) -> Numbers:
    """`steps` and `supports`: how many of each there were in its month. Raises ValueError for another layout."""
    return np.frombuffer(zlib.decompress(kept), dtype="<i8").reshape(len(Kept), steps, supports)
