"""What somebody asks of a place's changes: since which day, of which sort, which page. Round-trips to an address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from initiatives.importing.values import day as said_day
from partnerships.history.kinds import Group
from places.queries import PlaceFacts
from texts.cleaning import clean_line
from texts.paging import page_asked

DAYS = 30  # for whoever has not read it before
MOST_DAYS = 730
LONGEST = 40
EARLIEST_YEAR = 1900


@dataclass(frozen=True)
class ChangesQuery:
    """`since`: from that moment on. `chosen`: it was asked for by its day, and not the reader's last visit."""

    place: PlaceFacts
    since: datetime.datetime
    group: str = ""  # one of kinds.Group, or all
    page: int = 1
    chosen: bool = False
    faults: tuple[str, ...] = ()

    @property
    def day(self) -> datetime.date:
        return timezone.localtime(self.since).date()

    def address(self, *, group: str | None = None, page: int = 1) -> str:
        asked = {"kind": self.group if group is None else group, "page": str(page) if page > 1 else ""}
        if self.chosen:
            asked["since"] = self.day.isoformat()
        pairs = {name: value for name, value in sorted(asked.items()) if value}
        return reverse("place-changes", args=[self.place.slug]) + (f"?{urlencode(pairs)}" if pairs else "")

    def of_month(self) -> str:
        """The address of the last thirty days."""
        since = start_of(timezone.localdate() - datetime.timedelta(days=DAYS))
        return replace(self, since=since, chosen=True).address()


def read_changes(given: QueryDict, place: PlaceFacts, *, read_at: datetime.datetime | None = None) -> ChangesQuery:
    """`read_at`: when the reader last read it. What makes no sense is left out and said in a sentence."""
    earliest = start_of(timezone.localdate() - datetime.timedelta(days=MOST_DAYS))
    usual = read_at or start_of(timezone.localdate() - datetime.timedelta(days=DAYS))
    query = ChangesQuery(place, max(usual, earliest), page=page_asked(given.get("page", "")))
    faults = []
    group = clean_line(given.get("kind", ""))
    if group in Group.values:
        query = replace(query, group=group)
    elif group:
        fault = _("“%(value)s” is nothing that can be chosen here, so it is left out.")
        faults.append(fault % {"value": group[:LONGEST]})
    asked = clean_line(given.get("since", ""))
    if asked:
        day = _day(asked)
        if day is None:
            fault = _("“%(value)s” is no day. Write it like 1 October 2026, 01/10/2026 or 2026-10-01.")
            faults.append(fault % {"value": asked[:LONGEST]})
        elif day > timezone.localdate():
            faults.append(_("That day is still to come. Choose one that has been."))
        else:
            if start_of(day) < earliest:
                fault = _("Changes are shown for two years: since %(day)s.")
                faults.append(fault % {"day": date_format(timezone.localtime(earliest))})
            query = replace(query, since=max(start_of(day), earliest), chosen=True)
    return replace(query, faults=tuple(faults))


def start_of(day: datetime.date) -> datetime.datetime:
    """Its first moment here."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_default_timezone())


def read_moment(text: str) -> datetime.datetime | None:
    """The moment that a page says it was made at; None for what is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) and moment.year >= EARLIEST_YEAR else None


def _day(text: str) -> datetime.date | None:
    """As people say days, the day before the month. None also for days of before the calendar that cannot be reckoned
    with."""
    try:
        day = said_day(text[:LONGEST])
    except ValueError:
        return None
    return day if day and day.year >= EARLIEST_YEAR else None
