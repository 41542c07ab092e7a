"""Where the chains of a place break: ends that nobody takes up, starts that nobody feeds, and both in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Q, QuerySet

from initiatives.models import Handover
from partnerships.chains.asking import SHOWN, ChainsQuery
from partnerships.chains.order import BREAKS_AFTER, BREAKS_BEFORE
from partnerships.chains.queries.lives import lives_in
from partnerships.chains.rule import BACKWARD, FORWARD, Column, Direction, Found, Lives, found, looked_at
from partnerships.coverage.grid import STEPS
from texts.vocabulary import Transition

_NO_DAY = 10_000_000  # later than any day
TOO_MANY = 5_000


@dataclass(frozen=True)
class Break:
    """One initiative at whose end or start the chain breaks: where it stands in the columns, at which transition, and
    what there is in part."""

    at: int
    transition: str
    found: int


@dataclass(frozen=True)
class Breaks:
    """`rows`: those asked for, by transition, what ends first before. `shown`: how many each list has; `by_transition`:
    how many of the asked list there are at each, whichever is chosen; of both only what was counted."""

    query: ChainsQuery
    lives: Lives
    rows: tuple[Break, ...]
    shown: Mapping[str, int]
    by_transition: Mapping[str, int]
    looked_at: int  # how many have an end, or a start, that needs others

    @property
    def is_narrowed(self) -> bool:
        """So much reaches the place that one transition is looked at, in one direction."""
        return len(self.lives) > TOO_MANY


def breaks(query: ChainsQuery) -> Breaks:
    """Two queries, at any size. Where more than TOO_MANY reach the place, one transition is looked at: the first of
    school unless another is asked for."""
    lives = lives_in(query.place)
    is_narrowed = len(lives) > TOO_MANY
    if is_narrowed and not query.at:
        query = replace(query, at=Transition.PRIMARY_TO_SECONDARY.value)
    handed, fed = _declared()
    every: dict[str, list[Break]] = {}
    numbers: dict[bool, int] = {}
    for direction, declared in ((FORWARD, handed), (BACKWARD, fed)):
        if is_narrowed and direction.is_forward != query.is_forward:
            continue
        wanted = looked_at(lives, direction) & (lives.own | query.far) & lives.areas.any(axis=1)
        if is_narrowed:
            wanted &= np.isin(direction.step(lives), _steps_at(query.at, direction))
        at = np.flatnonzero(wanted)
        numbers[direction.is_forward] = len(at)
        answers = found(lives, at, direction)
        answers[np.isin(lives.pks[at], declared)] = Found.FULLY
        none, in_part = SHOWN[:2] if direction.is_forward else SHOWN[2:]
        is_none, is_part = answers == Found.NONE, (answers > Found.NONE) & (answers < Found.FULLY)
        every[none] = _breaks(lives, at[is_none], answers[is_none], direction)
        every[in_part] = _breaks(lives, at[is_part], answers[is_part], direction)
    counts = Counter(row.transition for row in every[query.show])
    return Breaks(
        query=query,
        lives=lives,
        rows=tuple(row for row in every[query.show] if query.at in ("", row.transition)),
        shown={name: len(rows) for name, rows in every.items()},
        by_transition={one: counts[one] for one in Transition.values if counts[one]},
        looked_at=numbers[query.is_forward],
    )


def _steps_at(transition: str, direction: Direction) -> list[int]:
    """The steps after which, or before which, the chain breaks at this transition."""
    places = BREAKS_AFTER if direction.is_forward else BREAKS_BEFORE
    return [number for number, step in enumerate(STEPS) if places.get(step) == transition]


def break_of(query: ChainsQuery, pk: int) -> tuple[Lives, Break | None]:
    """What there is for one initiative's people in the query's place and direction, whatever list it would stand in;
    None where it does not reach the place, or needs nobody there. Two queries."""
    lives = lives_in(query.place)
    return lives, break_in(lives, pk, named_of(pk), is_forward=query.is_forward)


@dataclass(frozen=True)
class Named:
    """Whether an initiative's own people, or those of another, named what comes after it, and what comes before."""

    after: bool
    before: bool


def named_of(pk: int) -> Named:
    """One query."""
    pairs = _handovers().filter(Q(initiative=pk) | Q(next_initiative=pk))
    found = list(pairs.values_list("initiative_id", "next_initiative_id"))
    return Named(after=any(one == pk for one, _next in found), before=any(other == pk for _one, other in found))


def break_in(lives: Lives, pk: int, named: Named, *, is_forward: bool) -> Break | None:
    """As `break_of`, of what was read already."""
    direction = FORWARD if is_forward else BACKWARD
    wanted = np.flatnonzero((lives.pks == pk) & looked_at(lives, direction) & lives.areas.any(axis=1))
    answers = found(lives, wanted, direction)
    if named.after if is_forward else named.before:
        answers[:] = Found.FULLY
    return next(iter(_breaks(lives, wanted, answers, direction)), None)


def _breaks(lives: Lives, at: Column, answers: Column, direction: Direction) -> list[Break]:
    places = BREAKS_AFTER if direction.is_forward else BREAKS_BEFORE
    order = {transition: number for number, transition in enumerate(Transition.values)}
    rows = [
        Break(int(one), places[STEPS[step]], int(answer))
        for one, step, answer in zip(at, direction.step(lives)[at], answers, strict=True)
    ]

    def key(row: Break) -> tuple[int, int, int]:
        ends = int(lives.ends[row.at]) or _NO_DAY
        return order[row.transition], ends, int(lives.pks[row.at])

    return sorted(rows, key=key)


def _declared() -> tuple[Column, Column]:
    """Who hands on to a listed initiative, and who is handed on to by one, as their own people said: ids."""
    table = np.array(list(_handovers().values_list("initiative_id", "next_initiative_id")), dtype="<i8").reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _handovers() -> QuerySet[Handover]:
    """Those of which both are listed."""
    return Handover.objects.filter(initiative__listing__isnull=False, next_initiative__listing__isnull=False)
