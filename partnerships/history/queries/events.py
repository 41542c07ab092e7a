"""What happened in a place between two moments, from what the product keeps anyway: lists, statuses, the log, what
coordinators signed. Only of what everyone may read. Five queries, at any number of events."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry

from initiatives.models import Freshness, Initiative, ReachedPlace, Status
from initiatives.queries.published import PUBLISHED
from partnerships.coverage.models import Closing, Confirmation
from partnerships.history.asking import start_of
from partnerships.history.kinds import GROUP_OF, Group, Kind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.vocabulary import Reach

MOST = 1_000  # of each source: more are for a shorter time
AT_ONCE = datetime.timedelta(seconds=2)  # between a first publication and its line in the log
_ENDED = "initiatives.end"
_DEEDS = {
    PUBLISHED: Kind.CHANGED,
    "initiatives.pause": Kind.PAUSED,
    "initiatives.reopen": Kind.REOPENED,
    "initiatives.update": Kind.IMPORTED,
    "initiatives.merged": Kind.MERGED,
    "initiatives.doubt": Kind.LEFT,
    "initiatives.confirm": Kind.BACK,
    _ENDED: Kind.ENDED,
}
_OF_HIDDEN = ("initiatives.doubt", "initiatives.confirm")  # news where lists leave it out from then on, or until then


@dataclass(frozen=True, slots=True)
class Event:
    """`pk` is the initiative's or the confirmation's; `entry` the log's, where it stands in the log."""

    at: datetime.datetime
    kind: Kind
    pk: int
    entry: int = 0
    answers: tuple[str, ...] = ()  # names that the log itself keeps

    @property
    def group(self) -> Group:
        return GROUP_OF[self.kind]

    @property
    def key(self) -> str:
        """Lasting, and no other event's of the place."""
        return f"{self.kind}-{self.pk}-{self.entry or self.at.strftime('%Y%m%d')}"


@dataclass(frozen=True)
class Events:
    """The newest first. `more`: there were more than are looked at."""

    events: tuple[Event, ...]
    more: bool = False

    def of(self, group: str) -> tuple[Event, ...]:
        return tuple(event for event in self.events if not group or event.group == group)

    def number(self, group: str) -> int:
        return len(self.of(group))


def events_in(place: PlaceFacts, since: datetime.datetime, until: datetime.datetime | None = None) -> Events:
    """From `since` on, before `until` or up to now."""
    until = until or timezone.now()
    sources = [
        list(_listed(place, since, until)),
        list(_dated(place, since, until)),
        list(_logged(place, since, until)),
        list(_signed(place, since, until)),
    ]
    found = sorted({event for source in sources for event in source}, key=lambda one: (one.at, one.key), reverse=True)
    return Events(tuple(found), more=any(len(source) >= MOST for source in sources))


def _listed(place: PlaceFacts, since: datetime.datetime, until: datetime.datetime) -> Iterator[Event]:
    """First listed then, and listed now."""
    around = Q(place__in=gazetteer().ancestors(place.code), declared=True)
    rows = ReachedPlace.objects.filter(Q(place=place.code) | around, published_at__gte=since, published_at__lt=until)
    columns = rows.order_by("-published_at", "-initiative_id").values_list("published_at", "initiative_id")
    for at, pk in columns[:MOST]:
        yield Event(at, Kind.LISTED, pk)


def _dated(place: PlaceFacts, since: datetime.datetime, until: datetime.datetime) -> Iterator[Event]:
    """First days that fell then, and last ones that the log knows nothing of. What started before it was listed is
    new, and told so."""
    first, last = timezone.localtime(since).date(), timezone.localtime(until).date()
    started = Q(status__in=(Status.RUNNING, Status.PAUSED), starts_on__range=(first, last)) & ~Q(
        freshness=Freshness.HIDDEN
    )
    said = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Initiative),
        object_id=Cast(OuterRef("pk"), CharField()),
        action=_ENDED,
    )
    ended = Q(status=Status.ENDED, ended_on__range=(first, last)) & ~Exists(said)
    rows = _public(place).filter(started | ended)
    columns = ("pk", "status", "starts_on", "ended_on", "first_published_at")
    for pk, status, starts_on, ended_on, published_at in rows.order_by("-pk").values_list(*columns)[:MOST]:
        day = ended_on if status == Status.ENDED else starts_on
        at = start_of(day)
        if not since <= at < until:
            continue
        if status == Status.ENDED:
            yield Event(at, Kind.ENDED, pk)
        elif published_at is None or published_at < at:
            yield Event(at, Kind.STARTED, pk)


def _logged(place: PlaceFacts, since: datetime.datetime, until: datetime.datetime) -> Iterator[Event]:
    """What the log says of what is public: of what is over, that it ended, when it was said; of all else, the rest. A
    first publication is no change."""
    # From the log's end: it is looked up what few entries are about, and not of all initiatives whether they have one.
    about = _public(place).filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    rows = ModelLogEntry.objects.filter(
        Exists(about),
        content_type=ContentType.objects.get_for_model(Initiative),
        action__in=_DEEDS,
        timestamp__gte=since,
        timestamp__lt=until,
    )
    columns = ("pk", "action", "timestamp", "object_id", "data")
    entries = list(rows.order_by("-timestamp", "-pk").values_list(*columns)[:MOST])
    ids = {int(entry[3]) for entry in entries}
    rows_now = Initiative.objects.filter(pk__in=ids).values_list("pk", "status", "first_published_at")
    now = {pk: (status, published_at) for pk, status, published_at in rows_now}
    over: set[int] = set()
    for pk, action, at, about_pk, data in entries:
        said = data or {}
        status, published_at = now.get(int(about_pk), ("", None))
        if (status == Status.ENDED) != (action == _ENDED) or int(about_pk) in over:
            continue
        if action == _ENDED:  # the last time, if it ended, was reopened and ended again
            over.add(int(about_pk))
            yield Event(at, Kind.ENDED, int(about_pk))
            continue
        if action in _OF_HIDDEN and said.get("freshness") != Freshness.HIDDEN:
            continue
        if action == PUBLISHED and published_at and abs(at - published_at) < AT_ONCE:
            continue
        yield Event(at, _DEEDS[action], int(about_pk), pk, tuple(str(name) for name in said.get("answers") or ()))


def _signed(place: PlaceFacts, since: datetime.datetime, until: datetime.datetime) -> Iterator[Event]:
    """What coordinators of this place and of council areas in it confirmed that nobody does, and what became of it."""
    first, last = timezone.localtime(since).date(), timezone.localtime(until).date()
    signed = Q(confirmed_at__gte=since, confirmed_at__lt=until)
    closed = Q(closed_at__gte=since, closed_at__lt=until)
    lapsed = Q(closed_at=None, lapses_on__gte=first - datetime.timedelta(days=1), lapses_on__lt=last)
    rows = Confirmation.objects.filter(
        signed | closed | lapsed, place__in={place.code, *gazetteer().authorities_in(place.code)}
    )
    ends = {Closing.STARTED: Kind.FILLED, Closing.WITHDRAWN: Kind.WITHDRAWN}
    for one in rows.order_by("-confirmed_at", "-pk")[:MOST]:
        if since <= one.confirmed_at < until:
            yield Event(one.confirmed_at, Kind.CONFIRMED, one.pk)
        if one.closed_at is None:
            over = start_of(one.lapses_on + datetime.timedelta(days=1))
            if since <= over < until:
                yield Event(over, Kind.LAPSED, one.pk)
        elif since <= one.closed_at < until and one.closing in ends:
            yield Event(one.closed_at, ends[Closing(one.closing)], one.pk)


def _public(place: PlaceFacts) -> QuerySet[Initiative]:
    """What everyone may read and reaches a place, by what it declares: also what no list has any more."""
    rows = Initiative.objects.filter(live=True, merged_into=None)
    if place.code == UK_CODE:
        return rows
    gaz = gazetteer()
    around = {*gaz.within(place.code), *gaz.ancestors(place.code)}
    through = Initiative.places.through.objects.filter(initiative=OuterRef("pk"))
    declared = Exists(through.filter(place__in=around))
    return rows.filter(Q(reach=Reach.UK) | Q(reach=Reach.ONLINE) & ~Exists(through) | ~Q(reach=Reach.UK) & declared)
