"""Months as numbers: 202611 is November 2026."""

from __future__ import annotations

import datetime


def month_of(day: datetime.date) -> int:
    return day.year * 100 + day.month


def first_day(month: int) -> datetime.date:
    return datetime.date(month // 100, month % 100, 1)


def months_before(month: int, months: int) -> int:
    """The month so many before."""
    return _numbered(_counted(month) - months)


def months_from_to(first: int, last: int) -> list[int]:
    """Every month between the two, both included."""
    return [_numbered(at) for at in range(_counted(first), _counted(last) + 1)]


def _counted(month: int) -> int:
    """How many months since the year nought."""
    return month // 100 * 12 + month % 100 - 1


def _numbered(at: int) -> int:
    return at // 12 * 100 + at % 12 + 1
