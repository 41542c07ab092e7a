"""What is kept of a place over time, made the way the product makes it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from initiatives.models import Initiative
from partnerships.history.domain.snapping import take_snapshot
from partnerships.history.models import Month
from tests.factories.initiatives import InitiativeFactory


def ago(days: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def snapshot_in(year: int, month: int) -> None:
    """Today's numbers, kept as if in that month."""
    day = datetime.date(year, month, 1)
    take_snapshot(day)
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    Month.objects.filter(month=year * 100 + month).update(taken_at=noon)


def old(**answers: Any) -> Initiative:
    """Listed a year ago."""
    return InitiativeFactory(first_published_at=ago(365), **answers)


def published(initiative: Initiative, days: float, **answers: Any) -> ModelLogEntry:
    """Another public version, cleared so many days ago: as Wagtail's publishing keeps it."""
    version = Initiative.objects.get(pk=initiative.pk).get_latest_revision_as_object()
    for name, value in answers.items():
        setattr(version, name, value)
    version.save_revision(changed=True).publish(log_action=True)
    kind = ContentType.objects.get_for_model(Initiative)
    entry = ModelLogEntry.objects.filter(content_type=kind, object_id=str(initiative.pk), action="wagtail.publish")
    newest = entry.order_by("-pk")[0]
    ModelLogEntry.objects.filter(pk=newest.pk).update(timestamp=ago(days))
    return newest


def said_published(initiative: Initiative, *, times: int, days: float) -> None:
    """Lines of the log alone, for lists that are long: each of the version that is public."""
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=ContentType.objects.get_for_model(Initiative),
            object_id=str(initiative.pk),
            label=initiative.title,
            action="wagtail.publish",
            timestamp=ago(days),
            revision_id=initiative.live_revision_id,
        )
        for _time in range(times)
    )
