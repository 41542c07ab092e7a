"""What coordinators confirmed that nobody does, now and before."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships.coverage.grid import STEP_AT, SUPPORT_AT
from partnerships.coverage.models import Closing, Confirmation
from partnerships.coverage.words import step_label, support_label
from places.queries import PlaceFacts

MOST_SAID = 20


def confirmed_in(codes: Collection[str], today: datetime.date) -> Mapping[tuple[str, str], Confirmation]:
    """(Step, support or "" for all of it) → what stands today. Of several places: what stands in every one of them,
    and the oldest of those. One query."""
    found: dict[tuple[str, str], list[Confirmation]] = defaultdict(list)
    for one in Confirmation.objects.filter(place__in=codes, closed_at=None, lapses_on__gte=today):
        found[one.step, one.support].append(one)
    everywhere = {cell: those for cell, those in found.items() if len({one.place_id for one in those}) == len(codes)}
    return {cell: min(those, key=lambda one: one.confirmed_at) for cell, those in everywhere.items()}


def confirmed_each(codes: Collection[str], today: datetime.date) -> set[tuple[str, str, str]]:
    """(Place, step, support or "" for all of it) of what stands today in each of these places. One query."""
    standing_now = Confirmation.objects.filter(place__in=codes, closed_at=None, lapses_on__gte=today)
    return set(standing_now.order_by().values_list("place_id", "step", "support"))


def is_confirmed(codes: Collection[str], step: str, support: str) -> bool:
    """Whether a cell's being empty is confirmed today, by the rule of the picture: for that kind of support or for all
    of them, in every one of the places. One query."""
    found = confirmed_in(codes, timezone.localdate())
    return (step, support) in found or (step, "") in found


@dataclass(frozen=True)
class Said:
    """One confirmation as pages show it: who, when, how they looked, and what became of it."""

    pk: int
    slug: str
    step: str
    support: str
    note: str
    name: str
    role: str
    day: datetime.date
    lapses_on: datetime.date
    stands: bool
    ended: str = ""


def standing(place: PlaceFacts, confirmed: Mapping[tuple[str, str], Confirmation]) -> list[Said]:
    """What `confirmed_in` found, in the order of a life."""
    today = timezone.localdate()
    cells = sorted(confirmed, key=lambda cell: (STEP_AT[cell[0]], SUPPORT_AT[cell[1]]))
    return [_said(confirmed[cell], place, today) for cell in cells]


def said_in(place: PlaceFacts, *, step: str, support: str = "") -> list[Said]:
    """The newest first, of one step; of a kind of support with what was said of all kinds."""
    today = timezone.localdate()
    rows = Confirmation.objects.filter(place=place.code, step=step).select_related("started")
    if support:
        rows = rows.filter(support__in=["", support])
    return [_said(one, place, today) for one in rows[:MOST_SAID]]


def _said(one: Confirmation, place: PlaceFacts, today: datetime.date) -> Said:
    stands = one.stands_on(today)
    return Said(
        pk=one.pk,
        slug=place.slug,
        step=step_label(one.step),
        support=support_label(one.support),
        note=one.note,
        name=one.name,
        role=one.role,
        day=timezone.localtime(one.confirmed_at).date(),
        lapses_on=one.lapses_on,
        stands=stands,
        ended="" if stands else _ended(one),
    )


def _ended(one: Confirmation) -> str:
    if one.closed_at is None:
        return _("It lapsed on %(day)s: a year is long.") % {"day": date_format(one.lapses_on)}
    told = {"day": date_format(timezone.localtime(one.closed_at)), "name": one.closed_by}
    if one.closing == Closing.STARTED:
        if one.started and one.started.live:
            return _("Since %(day)s “%(title)s” does it.") % {**told, "title": one.started.title}
        return _("Since %(day)s something does it.") % told
    if one.closing == Closing.WITHDRAWN:
        return _("Taken back on %(day)s by %(name)s.") % told
    return _("Looked at again on %(day)s.") % told
