"""Months as numbers."""

from __future__ import annotations

import datetime

from texts.months import first_day, month_of, months_before, months_from_to


def test_months_are_reckoned_across_years():
    assert month_of(datetime.date(2026, 11, 28)) == 202611
    assert first_day(202612) == datetime.date(2026, 12, 1)
    assert [months_before(202601, number) for number in (0, 1, 12, 13, 24)] == [202601, 202512, 202501, 202412, 202401]
    assert months_from_to(202511, 202602) == [202511, 202512, 202601, 202602]
