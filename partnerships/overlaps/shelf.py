"""Every profile in the memory of a process (150 bytes each and its sets), brought up to date before each use."""

from __future__ import annotations

import datetime
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from partnerships.overlaps.models import Profile
from partnerships.overlaps.parts import Numbers, common, shared
from partnerships.overlaps.traits import ROW, One, Rows, Sets, row_of, sets_of

# Somebody else's changes may be committed a moment after later ones that were seen already.
_OVERLAP = datetime.timedelta(seconds=5)
_FEW = 500
Places = NDArray[np.intp]  # of rows in the table


@dataclass(frozen=True)
class View:
    """The table as it is at a moment. What is listed no more has no initiative: `pk` nought."""

    rows: Rows
    at: dict[int, int]  # initiative → its row
    sets: list[Sets]
    by_tag: dict[int, set[int]]
    by_organisation: dict[int, set[int]]

    def where(self, pks: Iterable[int]) -> list[int]:
        """The rows of these; what is not listed, or came after this view, has none."""
        return [at for pk in pks if 0 <= (at := self.at.get(pk, -1)) < len(self.rows)]

    def one(self, at: int) -> One:
        return One(self.rows[at], self.sets[at])

    def set_parts(self, one: Sets, where: Places) -> dict[str, Numbers]:
        """The parts of tags and partners, of the rows `where`."""
        position = {int(row): at for at, row in enumerate(where)}
        tags = _count(one.tags, self.by_tag, position)
        partners = _count(one.organisations, self.by_organisation, position)
        sizes = np.array([len(self.sets[row].tags) for row in where], dtype=float)
        return {"tags": shared(tags, len(one.tags), sizes), "partners": common(partners)}


def _count(wanted: Iterable[int], index: dict[int, set[int]], position: dict[int, int]) -> Numbers:
    counts: Counter[int] = Counter()
    for thing in wanted:
        members = index.get(thing, set())
        # A copy: another thread may be adding to it.
        few = tuple(members) if len(members) < len(position) else position.keys() & members
        counts.update(position[row] for row in few if row in position)
    number = np.zeros(len(position))
    if counts:
        number[list(counts)] = list(counts.values())
    return number


class Shelf:
    """Threads take turns at adding to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: datetime.datetime | None = None
        self._table: Rows = np.zeros(64, dtype=ROW)
        self._at: dict[int, int] = {}
        self._sets: list[Sets] = []
        self._tags: defaultdict[int, set[int]] = defaultdict(set)
        self._organisations: defaultdict[int, set[int]] = defaultdict(set)

    def view(self, certain: int | None = None) -> View:
        """As the database has it, and of one certainly. Two queries, three with it."""
        with self._lock:
            self._add()
            for profile in Profile.objects.filter(pk=certain) if certain is not None else ():
                self._put(profile)
            return self._view()

    def of(self, profiles: Iterable[Profile]) -> View:
        """Of these alone."""
        for profile in profiles:
            self._put(profile)
        return self._view()

    def _view(self) -> View:
        return View(self._table[: len(self._sets)], self._at, self._sets, self._tags, self._organisations)

    def _add(self) -> None:
        began = timezone.now()
        profiles = Profile.objects.order_by("pk")
        if self._seen is not None:
            profiles = profiles.filter(changed_at__gte=self._seen - _OVERLAP)
        for profile in profiles.iterator(chunk_size=2_000):
            self._put(profile)
        if Profile.objects.count() != len(self._at):
            self._agree()
        self._seen = began

    def _put(self, profile: Profile) -> None:
        pk = profile.initiative_id
        at = self._at.get(pk)
        if at is None:
            at = self._at[pk] = len(self._sets)
            self._sets.append(_NOTHING)
            if at >= len(self._table):  # room for a half more, or each new one would copy all
                self._table = np.concatenate([self._table, np.zeros(max(len(self._table) // 2, 64), dtype=ROW)])
        self._table[at] = row_of(profile)
        self._index(at, sets_of(profile))

    def _index(self, at: int, sets: Sets) -> None:
        old = self._sets[at]
        for index, before, after in (
            (self._tags, old.tags, sets.tags),
            (self._organisations, old.organisations, sets.organisations),
        ):
            for thing in before - after:
                index[thing].discard(at)
            for thing in after - before:
                index[thing].add(at)
        self._sets[at] = sets

    def _agree(self) -> None:
        """With which profiles there are: a change that was long in coming may be older than what was seen."""
        kept = set(Profile.objects.values_list("pk", flat=True))
        missing = sorted(kept - self._at.keys())
        for start in range(0, len(missing), _FEW):
            for profile in Profile.objects.filter(pk__in=missing[start : start + _FEW]):
                self._put(profile)
        for pk in [pk for pk in self._at if pk not in kept]:
            at = self._at.pop(pk)
            self._index(at, _NOTHING)
            self._table[at] = np.zeros((), dtype=ROW)


_NOTHING = Sets(frozenset(), frozenset(), frozenset())
_shelf = Shelf()


def view_of(profiles: Iterable[Profile]) -> View:
    """Of a few, for a page: no process but the one that finds pairs need have every profile."""
    return Shelf().of(profiles)


def current_view(certain: int | None = None) -> View:
    """`certain`: read anew, whatever is known of it."""
    return _shelf.view(certain)


def forget() -> None:
    """For a database that was emptied behind this process's back."""
    global _shelf
    _shelf = Shelf()
