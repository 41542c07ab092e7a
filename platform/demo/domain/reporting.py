"""Reports of pages that wait for the demo's moderators. Nobody is told of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from demo.domain import reading
from initiatives.models import Initiative
from reports.models import PageReport


def load_reports(people: Mapping[str, User], initiatives: Mapping[str, Initiative]) -> None:
    now = timezone.now()
    PageReport.objects.bulk_create(_report(row, people, initiatives, now) for row in reading.reports())


def _report(
    row: reading.Row, people: Mapping[str, User], initiatives: Mapping[str, Initiative], now: datetime.datetime
) -> PageReport:
    about = initiatives.get(row.get("initiative", ""))
    return PageReport(
        path=about.get_absolute_url() if about else row["path"],
        title=about.title if about else row["title"],
        reporter=people.get(row.get("by", "")),
        email=row.get("email", ""),
        reason=row["reason"],
        note=row["note"],
        made_at=now - datetime.timedelta(hours=row["hours"]),
    )
