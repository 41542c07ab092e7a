"""Numbers in five steps of shade: as many places in each as can be, and each step said in words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

STEPS = 5
# With fewer different numbers than steps the shades are spread.
_SPREAD = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class LegendRow:
    """A shade's class and what it stands for."""

    css: str
    words: str


class Shading(Protocol):
    """How what is told of a place is shaded; `Steps`, unless a map says something that is no number."""

    @property
    def has_unknown(self) -> bool: ...

    def css(self, count: int | None) -> str:
        """The class of a shape: `step-0` to `step-5`, or `step-unknown`, which is hatched."""
        ...

    def legend(self) -> list[LegendRow]: ...


@dataclass(frozen=True, slots=True)
class Steps:
    """The lowest number there is, and the highest of each step, rising; none of nothing."""

    lowest: int
    highest: tuple[int, ...]
    has_none: bool
    has_unknown: bool

    def css(self, count: int | None) -> str:
        """The class of a number: nothing is `step-0`, the most is `step-5`, what is not known `step-unknown`."""
        if count is None:
            return "step-unknown"
        if count <= 0:
            return "step-0"
        at = min(bisect_left(self.highest, count), len(self.highest) - 1)
        return f"step-{_SPREAD[len(self.highest)][at]}"

    def legend(self) -> list[LegendRow]:
        """From none to the most; what is not on the map is left out."""
        rows = [LegendRow("step-0", _("none"))] if self.has_none else []
        low = self.lowest
        for high in self.highest:
            words = str(high) if low == high else _("%(low)d to %(high)d") % {"low": low, "high": high}
            rows.append(LegendRow(self.css(high), words))
            low = high + 1
        return [*rows, LegendRow("step-unknown", _("not known"))] if self.has_unknown else rows


def steps_of(counts: Iterable[int | None]) -> Steps:
    """Five steps of about as many places each, fewer only where there are fewer different numbers above nothing."""
    every = list(counts)
    known = Counter(count for count in every if count)
    different = sorted(known)
    highest: list[int] = []
    left, held = sum(known.values()), 0
    for at, number in enumerate(different, start=1):
        held += known[number]
        steps_left = STEPS - len(highest)
        if steps_left > 1 and (held * steps_left >= left or len(different) - at < steps_left):
            highest.append(number)
            left, held = left - held, 0
    if held:
        highest.append(different[-1])
    return Steps(different[0] if different else 0, tuple(highest), 0 in every, None in every)
