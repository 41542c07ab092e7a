"""How the numbers of a place lie in memory and in its row: by way, step and support, three measures each.

A step is a stage or a transition, in the order of a life. Number 0 of the steps and of the supports is “any”: there
every initiative counts once, so totals are never sums of cells.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import chain, zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from texts.vocabulary import Stage, Support, Transition

Numbers = NDArray[Any]

# A stage, the transition out of it, the next stage…: the vocabularies are in the order of a life.
STEPS: tuple[str, ...] = tuple(
    step for step in chain(*zip_longest(Stage.values, Transition.values)) if step is not None
)
SUPPORTS: tuple[str, ...] = tuple(Support.values)
STEP_AT = {"": 0, **{step: number for number, step in enumerate(STEPS, 1)}}
SUPPORT_AT = {"": 0, **{support: number for number, support in enumerate(SUPPORTS, 1)}}
ANY = 0


class Way(IntEnum):
    """How an initiative comes to lie within a place; doubled for online work. The numbers are kept: do not reorder."""

    PART = 0  # it declares a place inside
    WHOLE = 1  # it declares this very place
    PART_ONLINE = 2
    WHOLE_ONLINE = 3


class Measure(IntEnum):
    """What is counted in a cell."""

    COUNT = 0
    PLACES = 1  # the sum of the places a year that are known
    UNKNOWN = 2  # how many initiatives do not say how many places they have


CELLS = (len(STEPS) + 1, len(SUPPORTS) + 1)
TALLY = (len(Way), *CELLS, len(Measure))
ENDING = (len(Way), *CELLS)


def way_of(declared: bool, online: bool) -> int:
    return int(declared) + 2 * int(online)


def mask_of(words: Iterable[str], order: Sequence[str]) -> int:
    """Bit n for the n-th word of the order."""
    return sum(1 << order.index(word) for word in set(words))


def rows_of(mask: int) -> list[int]:
    """The numbers in the grid that a mask counts at: “any”, and each word's."""
    return [ANY, *(bit + 1 for bit in range(mask.bit_length()) if mask >> bit & 1)]


def empty_tally() -> Numbers:
    return np.zeros(TALLY, dtype="<i8")


def empty_ending() -> Numbers:
    return np.zeros(ENDING, dtype="<i4")


def unpack_tally(kept: bytes | memoryview) -> Numbers:
    """Raises ValueError where the row was written for other vocabularies; `manage.py count_coverage` mends it."""
    return np.frombuffer(kept, dtype="<i8").reshape(TALLY)


def unpack_ending(kept: bytes | memoryview) -> Numbers:
    """As `unpack_tally`."""
    return np.frombuffer(kept, dtype="<i4").reshape(ENDING)


def horizon(today: datetime.date, months: int = 6) -> datetime.date:
    """The last day of the month that lies so many months ahead: whole months are kept, so whole months are asked."""
    number = today.year * 12 + today.month + months  # of the month after, counted from nought
    return datetime.date(number // 12, number % 12 + 1, 1) - datetime.timedelta(days=1)
