"""What the demo's places look back on: months that were counted, changes of late, and what was looked for in vain."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from demo.domain import reading
from initiatives.models import Initiative
from initiatives.queries.published import PUBLISHED
from partnerships.coverage.grid import Numbers, empty_tally, rows_of, way_of
from partnerships.coverage.models import Counted
from partnerships.history.domain.snapping import keep_month
from search.models import MissedSearch
from texts.months import first_day, month_of, months_before

MONTHS = 7
NOT_COUNTED = 3  # so many months ago nobody counted: pages say so


def load_months() -> None:
    """As the first of each month would have counted what is listed now: what was public by then."""
    today, zone = timezone.localdate(), timezone.get_default_timezone()
    counted = list(Counted.objects.select_related("initiative"))
    for ago in range(MONTHS - 1, -1, -1):
        if ago != NOT_COUNTED:
            month = months_before(month_of(today), ago)
            day = first_day(month)
            moment = datetime.datetime.combine(day, datetime.time(3), tzinfo=zone)
            keep_month(month, moment, lambda moment=moment: _tallies(counted, moment))  # type: ignore[misc]


def _tallies(counted: list[Counted], moment: datetime.datetime) -> Mapping[str, bytes]:
    numbers: dict[str, Numbers] = defaultdict(empty_tally)
    for row in counted:
        published_at = row.initiative.first_published_at
        if published_at is not None and published_at < moment:
            cells = np.ix_(rows_of(row.steps), rows_of(row.support))
            for code, declared in row.places.items():
                numbers[code][way_of(declared, row.online)][cells] += (1, row.capacity or 0, row.capacity is None)
    return {code: kept.tobytes() for code, kept in numbers.items()}


def load_changes(initiatives: Mapping[str, Initiative]) -> None:
    """New public versions, as Wagtail's publishing keeps them, then dated back."""
    kind, now = ContentType.objects.get_for_model(Initiative), timezone.now()
    for row in reading.changes():
        initiative = Initiative.objects.get(pk=initiatives[row["key"]].pk)
        version = initiative.get_latest_revision_as_object()
        for name, value in row["answers"].items():
            setattr(version, name, value)
        version.save_revision().publish()
        entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(initiative.pk), action=PUBLISHED)
        entries.update(timestamp=now - datetime.timedelta(days=row["days"]))


def load_missed() -> None:
    """Last month's numbers."""
    month = months_before(month_of(timezone.localdate()), 1)
    MissedSearch.objects.bulk_create(
        MissedSearch(
            month=month, place_code=row["place"], step=row["step"], support=row["support"], count=row["number"]
        )
        for row in reading.missed()
    )
