"""Lists of partnerships: one's own, those in one's places, and those everyone may read of."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnerships.models import Partnership, Party, State, Version
from partnerships.permissions import known_partnerships, partnerships_in_own_places, versions_they_keep
from partnerships.queries.naming import place_names

WHICH = ("own", "places", "public")


class Standing(models.TextChoices):
    """What a person's organisations are to a partnership in a list: of the last two they read one version alone."""

    PARTY = "", _("Party")
    ASKED = "asked", _("You are asked to join")
    LEFT = "left", _("You take no part any more")


@dataclass(frozen=True)
class Line:
    """A partnership in a list, by the version that whoever asks may read."""

    partnership: Partnership
    title: str
    purpose: str
    review_on: datetime.date | None
    url: str
    state: State
    standing: Standing
    parties: Sequence[Party]
    places: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    has_pending: bool

    @property
    def state_label(self) -> str:
        if self.begins_on is not None:  # as parts/badge.html says it
            return _("Agreed, begins %(day)s") % {"day": date_format(self.begins_on, "j F Y")}
        return str(self.standing.label if self.standing else self.state.label)

    @property
    def begins_on(self) -> datetime.date | None:
        return None if self.standing else self.partnership.begins_on


def partnerships(user: Any, which: str) -> QuerySet[Partnership]:
    """`which`: one of WHICH. The latest first."""
    if which == "own":
        rows = known_partnerships(user)
    elif which == "places":
        rows = partnerships_in_own_places(user)
    else:
        rows = Partnership.objects.filter(is_public=True)
    return rows.order_by("-opened_at", "-pk")


def lines(rows: QuerySet[Partnership], own: Collection[int] = ()) -> list[Line]:
    """Six queries however many. Who has left is not among the parties. `own`: the organisations of whoever asks, which
    may only be asked to join or have left; none where the list is for everyone or for coordinators."""
    found = list(rows.select_related("stands").prefetch_related("readers", "invited"))
    if not found:
        return []
    standings = {one.pk: _standing(one, own) for one in found}
    shown = {one.pk: one.stands for one in found if one.stands is not None and not standings[one.pk]}
    asked = [pk for pk, standing in standings.items() if standing == Standing.ASKED]
    left = [pk for pk, standing in standings.items() if standing == Standing.LEFT]
    newest = Version.objects.filter(partnership__in=asked, number=F("partnership__latest")) if asked else ()
    agreed = versions_they_keep(own).filter(partnership__in=left).order_by("number") if left else ()
    shown |= {version.partnership_id: version for version in newest}
    shown |= {version.partnership_id: version for version in agreed}  # the last by number
    parties: defaultdict[int, list[Party]] = defaultdict(list)
    for party in Party.objects.filter(version__in=[one.pk for one in shown.values()]).select_related("version"):
        parties[party.version_id].append(party)
    return [_line(one, shown[one.pk], standings[one.pk], parties[shown[one.pk].pk]) for one in found]


def _standing(one: Partnership, own: Collection[int]) -> Standing:
    if not own or any(organisation.pk in own for organisation in one.readers.all()):
        return Standing.PARTY
    is_asked = any(organisation.pk in own for organisation in one.invited.all())
    return Standing.ASKED if is_asked else Standing.LEFT


def _line(one: Partnership, version: Version, standing: Standing, parties: Sequence[Party]) -> Line:
    bound = {organisation.pk for organisation in one.readers.all()}
    return Line(
        partnership=one,
        title=version.title,
        purpose=version.purpose,
        review_on=version.review_on,
        url=one.get_absolute_url(),
        state=one.state,
        standing=standing,
        parties=[party for party in parties if standing or not bound or party.organisation_id in bound],
        places=", ".join(place_names(version)),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        has_pending=one.has_pending and one.closed_at is None and not standing,
    )


def in_force_with(
    *, initiative: int | None = None, organisation: int | None = None, today: datetime.date
) -> list[Line]:
    """What everyone may read of an initiative's or an organisation's partnerships in force: at most six."""
    if initiative is not None and not _is_named(initiative):
        return []
    running = Q(stands__ends_on=None) | Q(stands__ends_on__gte=today)
    rows = Partnership.objects.filter(running, is_public=True, closed_at=None)
    if initiative is not None:
        rows = rows.filter(stands__initiatives=initiative)
    if organisation is not None:
        rows = rows.filter(readers=organisation, stands__parties__organisation=organisation)
    return lines(rows.order_by("-opened_at", "-pk")[:6])


# Written out: of most initiatives nothing is found, and Django takes five times as long to ask for the rest at once.
_NAMED = (
    "SELECT 1 FROM partnerships_version_initiatives n JOIN partnerships_partnership p ON p.stands_id = n.version_id "
    "WHERE n.initiative_id = %s AND p.is_public LIMIT 1"
)


def _is_named(initiative: int) -> bool:
    """Whether a public partnership names this initiative at all."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [initiative])
        return cursor.fetchone() is not None
