"""Lists of partnerships: one's own, those in one's places, and those everyone may read of."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from partnerships.models import Partnership, Party, State
from partnerships.permissions import own_partnerships, partnerships_in_own_places
from partnerships.queries.versions import place_names

WHICH = ("own", "places", "public")


@dataclass(frozen=True)
class Line:
    """A partnership in a list."""

    partnership: Partnership
    title: str
    url: str
    state: State
    parties: Sequence[Party]
    places: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    has_pending: bool


def partnerships(user: Any, which: str) -> QuerySet[Partnership]:
    """`which`: one of WHICH. The latest first."""
    if which == "own":
        rows = own_partnerships(user)
    elif which == "places":
        rows = partnerships_in_own_places(user)
    else:
        rows = Partnership.objects.filter(is_public=True)
    return rows.order_by("-opened_at", "-pk")


def lines(rows: Iterable[Partnership] | QuerySet[Partnership]) -> list[Line]:
    """Five queries however many. Who has left is not among the parties."""
    if isinstance(rows, QuerySet):
        rows = rows.select_related("stands").prefetch_related(
            Prefetch("stands__parties", Party.objects.select_related("organisation")), "stands__places", "readers"
        )
    return [_line(one) for one in rows]


def _line(one: Partnership) -> Line:
    assert one.stands is not None  # noqa: S101  for the type checker: a proposal has a version from its first moment
    bound = {organisation.pk for organisation in one.readers.all()}
    return Line(
        partnership=one,
        title=one.stands.title,
        url=one.get_absolute_url(),
        state=one.state,
        parties=[party for party in one.stands.parties.all() if party.organisation_id in bound],
        places=", ".join(place_names(one.stands)),
        starts_on=one.stands.starts_on,
        ends_on=one.stands.ends_on,
        has_pending=one.has_pending,
    )


def in_force_with(
    *, initiative: int | None = None, organisation: int | None = None, today: datetime.date
) -> list[Line]:
    """What everyone may read of an initiative's or an organisation's partnerships in force: at most six."""
    running = Q(stands__ends_on=None) | Q(stands__ends_on__gte=today)
    rows = Partnership.objects.filter(running, is_public=True, closed_at=None)
    if initiative is not None:
        rows = rows.filter(stands__initiatives=initiative)
    if organisation is not None:
        rows = rows.filter(readers=organisation, stands__parties__organisation=organisation)
    return lines(rows.order_by("-opened_at", "-pk")[:6])
