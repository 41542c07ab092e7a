"""Who is here and who is typing: never written down, right within a minute whatever crashes.

Each process says through the layer whom it has in a room, at once where it changed and again every so often; what was
not said again for a while no longer counts. A room's page hears of it at most once a second, however many come and go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

AGAIN = 20.0  # seconds after which a process repeats itself
FORGOTTEN = 45.0  # seconds after which what it said no longer counts
TYPING = 5.0  # seconds that somebody types for after the last key
PAUSE = 1.0  # seconds between two frames to the same pages
MOST_NAMED = 30


@dataclass(frozen=True)
class Here:
    """What pages are told: how many, some of the names, and who types."""

    people: int
    visitors: int
    names: Sequence[tuple[int, str]]
    typing: Sequence[tuple[int, str]]


@dataclass
class Gathering:
    """The people of one room, those of this process and what other processes said. Times are seconds, monotonic."""

    _sockets: Counter[int] = field(default_factory=Counter)  # of each person; nought stands for visitors
    _names: dict[int, str] = field(default_factory=dict)
    _typing: dict[int, float] = field(default_factory=dict)
    _said: dict[str, tuple[Mapping[str, Any], float]] = field(default_factory=dict)

    def come(self, person: int, name: str) -> None:
        self._sockets[person] += 1
        if person:
            self._names[person] = name

    def go(self, person: int) -> None:
        self._sockets[person] -= 1
        if self._sockets[person] <= 0:
            del self._sockets[person]
            self._names.pop(person, None)
            self._typing.pop(person, None)

    def type(self, person: int, now: float) -> bool:
        """Somebody pressed a key; gives whether that is new."""
        if person not in self._names:
            return False
        is_new = self._typing.get(person, 0.0) <= now
        self._typing[person] = now + TYPING
        return is_new

    def stop_typing(self, now: float) -> bool:
        """Forget who no longer types; gives whether anybody stopped."""
        over = [person for person, until in self._typing.items() if until <= now]
        for person in over:
            del self._typing[person]
        return bool(over)

    def to_say(self) -> dict[str, Any]:
        """What this process tells the others: every id, the first names. Keys are texts, as the layer needs them."""
        people = sorted(person for person in self._sockets if person)
        return {
            "people": people,
            "names": {str(person): self._names[person] for person in people[:MOST_NAMED]},
            "visitors": self._sockets.get(0, 0),
            "typing": {str(person): self._names[person] for person in sorted(self._typing)[:MOST_NAMED]},
        }

    def hear(self, process: str, said: Mapping[str, Any], now: float) -> None:
        self._said[process] = (said, now + FORGOTTEN)

    def forget(self, now: float) -> bool:
        """Leave out processes that were not heard for long; gives whether there were any."""
        gone = [process for process, (_said, until) in self._said.items() if until <= now]
        for process in gone:
            del self._said[process]
        return bool(gone)

    def here(self) -> Here:
        """All processes together."""
        said = [one for one, _until in self._said.values()]
        names = {int(person): name for one in said for person, name in one["names"].items()}
        typing = {int(person): name for one in said for person, name in one["typing"].items()}
        return Here(
            people=len({person for one in said for person in one["people"]}),
            visitors=sum(one["visitors"] for one in said),
            names=sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0]))[:MOST_NAMED],
            typing=sorted(typing.items())[:MOST_NAMED],
        )

    @property
    def is_empty(self) -> bool:
        return not self._sockets
