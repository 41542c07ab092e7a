"""The rule: who takes up the people of whom, of many initiatives at a stroke.

An initiative ends with its last step at its oldest age, and starts with its first step at its youngest. Another
*takes up* its people where it carries a step that follows (or the same step for older people), is for people of that
age, give or take a year, and for the same people, in a place of both. *Feeds* is the same rule, life read backwards.
What does it only for some of the people, or only from afar (nation-wide, UK-wide, online), does it in part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partnerships.chains.order import AFTER, BEFORE, FIRSTS, LASTS, NO_STEP, STAGE_AGES
from partnerships.coverage.grid import STEPS

Column = NDArray[Any]
UNKNOWN = -1  # an age that nobody said
OPEN = 200  # “18 and over”
GIVE = 1  # years by which an age may miss
_AT_ONCE = 256
_ASKED = ("pks", "steps", "youngest", "oldest", "focus", "areas")  # of those who might take up


class Found(IntFlag):
    """What there is that takes up, or feeds, one initiative's people."""

    NONE = 0
    SOME_AFAR = 1  # from afar, for some of them
    SOME = 2  # near by, for some of them
    AFAR = 4  # from afar
    FULLY = 8  # near by, or named by the people of the first as what comes next


@dataclass(frozen=True)
class Lives:
    """Initiatives as columns. `oldest` and `youngest`: of the end and the start, UNKNOWN where not said; `low`, `high`:
    the range they are for, open where one side is not said; `areas`: bits of the council areas of the place that each
    reaches, `near` those it does not reach from afar."""

    pks: Column
    steps: Column
    first: Column
    last: Column
    youngest: Column
    oldest: Column
    focus: Column
    areas: Column  # initiatives × words
    near: Column
    ends: Column  # days as `date.toordinal`; 0 for none
    own: Column  # declares the place or a part of it
    leads: Column  # ids of the organisations that lead them
    bits: Mapping[str, tuple[int, ...]]  # a place's code → its council areas as they stand in `areas`, in words

    def __len__(self) -> int:
        return len(self.pks)

    @property
    def low(self) -> Column:
        return np.where(self.youngest == UNKNOWN, 0, self.youngest)

    @property
    def high(self) -> Column:
        return np.where(self.oldest == UNKNOWN, OPEN, self.oldest)

    @property
    def says_ages(self) -> Column:
        said: Column = (self.youngest != UNKNOWN) | (self.oldest != UNKNOWN)
        return said


@dataclass(frozen=True)
class Direction:
    """Forward: ends and what takes them up. Backward: starts and what feeds them."""

    is_forward: bool

    @property
    def exempt(self) -> tuple[str, ...]:
        return LASTS if self.is_forward else FIRSTS

    def step(self, lives: Lives) -> Column:
        return lives.last if self.is_forward else lives.first

    def edge(self, lives: Lives) -> Column:
        """The age at which it ends or starts."""
        return lives.oldest if self.is_forward else lives.youngest

    def beyond(self, step: int) -> int:
        """The steps that take up, or feed."""
        return (AFTER if self.is_forward else BEFORE)[step]

    def farthest(self, others: Lives, step: int) -> Column:
        """How far along the same step others go: as they say, else as far as the stage does."""
        said = others.high if self.is_forward else others.low
        # Who says no age at a transition goes no further.
        youngest, oldest = STAGE_AGES.get(STEPS[step], (2 * OPEN, -OPEN))
        none = oldest if self.is_forward else youngest
        return np.where(others.says_ages, said, none)


FORWARD, BACKWARD = Direction(True), Direction(False)


def looked_at(lives: Lives, direction: Direction) -> Column:
    """Which initiatives have an end, or a start, that needs others: those with a step that is not the last or first."""
    exempt = [STEPS.index(step) for step in direction.exempt]
    step = direction.step(lives)
    result: Column = (step != NO_STEP) & ~np.isin(step, exempt)
    return result


def meets(lives: Lives, one: int, others: Lives, direction: Direction) -> Column:
    """Which of the others come next by step and age, for one."""
    result: Column = _meets(lives, np.array([one]), others, direction, int(direction.step(lives)[one]))[0]
    return result


def suits(lives: Lives, one: int, others: Lives) -> Column:
    """Which of the others are for all the people of one: for everyone, or for a group of theirs."""
    result: Column = _suits(lives.focus[[one]], others.focus)[0]
    return result


def others_have(lives: Lives, one: int, direction: Direction) -> bool:
    """Whether what comes next is there near by or from afar, but for other groups than those one is for."""
    if not lives.focus[one]:
        return False
    at = np.flatnonzero(
        (lives.focus != 0) & (lives.areas & lives.areas[one]).any(axis=1) & (lives.pks != lives.pks[one])
    )
    others = picked(lives, at)
    return bool((meets(lives, one, others, direction) & ~suits(lives, one, others)).any())


def found(lives: Lives, wanted: Column, direction: Direction) -> Column:
    """Of the initiatives at the positions `wanted`, a `Found` each: what of all there is takes up or feeds them.

    Who is near by is looked for in each council area by itself, so that the work grows with the areas and not with all
    there is of a nation; what is only from afar is looked at for those who are left.
    """
    answer = np.zeros(len(wanted), dtype=np.int8)
    for word in range(lives.near.shape[1]):
        used = int(np.bitwise_or.reduce(lives.near[:, word], initial=0))
        for bit in (1 << number for number in range(used.bit_length()) if used >> number & 1):
            mine = np.flatnonzero((lives.areas[wanted, word] & bit != 0) & (answer < Found.FULLY))
            others = np.flatnonzero(lives.near[:, word] & bit)
            answer[mine] = _swept(lives, wanted[mine], others, direction, answer[mine], is_near=True)
    left = np.flatnonzero(answer < Found.FULLY)
    far = np.flatnonzero((lives.areas & ~lives.near).any(axis=1))
    answer[left] = _swept(lives, wanted[left], far, direction, answer[left], is_near=False)
    return answer


def _swept(
    lives: Lives, wanted: Column, others: Column, direction: Direction, answer: Column, *, is_near: bool
) -> Column:
    """`answer` with what there is among these others added, step by step, until it cannot be more."""
    answer = answer.copy()
    most = Found.FULLY if is_near else Found.AFAR
    others = others[np.argsort(lives.focus[others] != 0, kind="stable")]  # who is for everyone, first
    steps = direction.step(lives)[wanted]
    for step in np.unique(steps[steps != NO_STEP]):
        some = others[(lives.steps[others] & (direction.beyond(step) | 1 << int(step))) != 0]
        mine = np.flatnonzero(steps == step)
        for start in range(0, len(some), _AT_ONCE):
            mine = mine[answer[mine] & most == 0]
            chunk = some[start : start + _AT_ONCE]
            for at in range(0, len(mine), 4 * _AT_ONCE):
                part = mine[at : at + 4 * _AT_ONCE]
                answer[part] |= _among(lives, wanted[part], chunk, direction, int(step), is_near=is_near)
    return answer


def _among(lives: Lives, wanted: Column, chunk: Column, direction: Direction, step: int, *, is_near: bool) -> Column:
    others = picked(lives, chunk)
    fits = _meets(lives, wanted, others, direction, step) & (lives.pks[wanted][:, None] != others.pks[None, :])
    if not is_near:
        fits &= _shares(lives.areas[wanted], others.areas)
    mine, theirs = lives.focus[wanted], others.focus
    suited = _suits(mine, theirs)
    for_all, for_some = (fits & suited).any(axis=1), (fits & ~suited & (mine == 0)[:, None]).any(axis=1)
    fully, some = (Found.FULLY | Found.AFAR, Found.SOME | Found.SOME_AFAR) if is_near else (Found.AFAR, Found.SOME_AFAR)
    result: Column = np.where(for_all, fully, 0) | np.where(for_some, some, 0)
    return result.astype(np.int8)


def picked(lives: Lives, at: Column) -> Lives:
    """Those at these positions, in the columns that are asked of others; the rest stands as it was."""
    return replace(lives, **{name: getattr(lives, name)[at] for name in _ASKED})


def _meets(lives: Lives, wanted: Column, others: Lives, direction: Direction, step: int) -> Column:
    edge = direction.edge(lives)[wanted][:, None]
    knows = edge != UNKNOWN
    both = knows & others.says_ages[None, :]
    in_range = ~both | ((others.low[None, :] <= edge + GIVE) & (others.high[None, :] >= edge - GIVE))
    follows = (others.steps & direction.beyond(step) != 0)[None, :]
    farthest = direction.farthest(others, step)[None, :]
    further = farthest > edge if direction.is_forward else farthest < edge
    goes_on = (others.steps & (1 << step) != 0)[None, :] & knows & further
    result: Column = in_range & (follows | goes_on)
    return result


def _suits(mine: Column, theirs: Column) -> Column:
    """Whether others are for everyone, or for a group of the first. Where they are not, and the first is for everyone,
    they are for some of its people."""
    result: Column = (theirs[None, :] == 0) | (mine[:, None] & theirs[None, :] != 0)
    return result


def _shares(mine: Column, theirs: Column) -> Column:
    """Whether they have a council area in common."""
    result = np.zeros((len(mine), len(theirs)), dtype=bool)
    for word in range(mine.shape[1]):
        result |= (mine[:, word][:, None] & theirs[:, word][None, :]) != 0
    return result
