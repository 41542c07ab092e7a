"""How many initiatives reached a place in each month that was kept. What was not kept is said, and never made up."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from partnerships.coverage.grid import STEPS
from partnerships.coverage.queries.across import across
from partnerships.coverage.words import step_label
from partnerships.history.models import Month, Snapshot
from partnerships.history.packing import Kept, unpack
from places.queries import PlaceFacts
from texts.months import first_day, months_before, months_from_to

MOST_MONTHS = 24
HIGHEST = 100  # a bar of the largest number
BESIDE = 10  # from one column to the next


@dataclass(frozen=True)
class Bar:
    """One month of one step. `count` is None where nobody counted, or the step was not in the vocabulary yet."""

    month: str
    count: int | None
    named: int
    height: int  # of HIGHEST, against the largest of the step
    named_height: int
    left: int

    @property
    def top(self) -> int:
        return HIGHEST - self.height


@dataclass(frozen=True)
class Series:
    """One stage or transition, or "" for all of them, month by month."""

    step: str
    label: str
    bars: Sequence[Bar]

    @property
    def width(self) -> int:
        return len(self.bars) * BESIDE

    @property
    def counted(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.count is not None]

    @property
    def first(self) -> Bar:
        return self.counted[0]

    @property
    def last(self) -> Bar:
        return self.counted[-1]


@dataclass(frozen=True)
class Column:
    """A month of the table: when its numbers were kept, None where they were not."""

    number: int
    name: str
    short: str
    taken_on: datetime.date | None


@dataclass(frozen=True)
class OverTime:
    columns: Sequence[Column]
    series: Sequence[Series]
    support: str = ""

    @property
    def total(self) -> Series:
        return self.series[0]

    @property
    def steps(self) -> Sequence[Series]:
        """Each stage and transition that ever had anything."""
        return [one for one in self.series[1:] if any(bar.count for bar in one.bars)]

    @property
    def gaps(self) -> list[str]:
        return [column.name for column in self.columns if column.taken_on is None]


def over_time(place: PlaceFacts, support: str = "") -> OverTime | None:
    """One query. None where no month was kept of this place. `support`: one kind alone."""
    rows = Snapshot.objects.filter(place=place.code).select_related("month").order_by("-month_id")[:MOST_MONTHS]
    kept = {row.month_id: row for row in rows}
    if not kept:
        return None
    numbers = months_from_to(max(min(kept), months_before(max(kept), MOST_MONTHS - 1)), max(kept))
    columns = [_column(number, kept[number].month if number in kept else None) for number in numbers]
    counts: dict[int, dict[str, tuple[int, int]]] = {
        number: _counts(kept[number], support) for number in numbers if number in kept
    }
    return OverTime(columns, [_series(step, columns, counts) for step in ("", *STEPS)], support)


def number_now(place: PlaceFacts, support: str = "") -> int:
    """How many reach it today, as its journey says. Two queries."""
    return across([place]).at("", support)[place.code].count


def _counts(row: Snapshot, support: str) -> dict[str, tuple[int, int]]:
    """Step → how many reached the place, and how many of these named it; by the words of that month."""
    steps, supports = row.month.steps, row.month.supports
    if support not in supports:
        return {}
    cells = unpack(row.cells, len(steps), len(supports))[:, :, supports.index(support)]
    reach, named = cells[Kept.REACH].tolist(), cells[Kept.NAME].tolist()
    return {step: (reach[at], named[at]) for at, step in enumerate(steps)}


def _series(step: str, columns: Sequence[Column], counts: dict[int, dict[str, tuple[int, int]]]) -> Series:
    found = [counts.get(column.number, {}).get(step) for column in columns]
    most = max((one[0] for one in found if one), default=0)
    bars = []
    for number, (column, one) in enumerate(zip(columns, found, strict=True)):
        count, named = one if one else (None, 0)
        high, dark = (round(HIGHEST * part / most) if most else 0 for part in (count or 0, named))
        bars.append(Bar(column.name, count, named, high, dark, number * BESIDE))
    return Series(step, step_label(step), bars)


def _column(number: int, row: Month | None) -> Column:
    day = first_day(number)
    taken = timezone.localtime(row.taken_at).date() if row else None
    return Column(number, date_format(day, "F Y"), date_format(day, "M Y"), taken)
