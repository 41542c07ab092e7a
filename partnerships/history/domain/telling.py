"""Each Monday, tell those who coordinate or follow a place what changed there in the week before: one line of the
inbox and of the digest a place, none where nothing changed."""

from __future__ import annotations

import datetime
import logging
from collections import Counter

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Coordination, User
from notifications.domain.notifying import News, notify
from notifications.kinds import Frequency, Kind
from partnerships.history.asking import start_of
from partnerships.history.domain.watching import about, begin_telling, monday_of
from partnerships.history.kinds import Kind as EventKind
from partnerships.history.models import Told, Watch
from partnerships.history.queries.events import events_in
from partnerships.history.queries.showing import counted
from places.queries import PlaceFacts, gazetteer

logger = logging.getLogger("steppingstones.events")

KIND = Kind("changes", gettext_lazy("What changed in places you coordinate or follow"), Frequency.WEEKLY)
_DAY = datetime.timedelta(days=1)
_WEEK = datetime.timedelta(days=7)


def tell_changes(now: datetime.datetime | None = None) -> int:
    """For the scheduler; asked again in the same week it does nothing. Gives of how many places people were told."""
    monday = monday_of(timezone.localtime(now or timezone.now()).date())
    done = set(Told.objects.filter(up_to__gte=monday).values_list("pk", flat=True))
    codes = {
        *Coordination.objects.values_list("place_id", flat=True),
        *Watch.objects.filter(follows=True).values_list("place_id", flat=True),
    }
    gaz = gazetteer()
    return sum(_told(gaz[code], monday) for code in sorted(codes - done) if code in gaz)


def _told(place: PlaceFacts, monday: datetime.date) -> bool:
    """What cannot be told of one place is tried again in an hour, and keeps nobody from hearing of the others."""
    try:
        return tell_of_place(place, monday)
    except Exception:
        logger.exception("What changed in %s could not be told", place.code)
        return False


@transaction.atomic
def tell_of_place(place: PlaceFacts, monday: datetime.date) -> bool:
    """What is told and that it was told are one transaction; of two runs at once one finds it done. A place that
    nobody listened for until now is told of from the next Monday on."""
    begin_telling(place, monday)
    if not Told.objects.filter(pk=place.code, up_to__lt=monday).update(up_to=monday):
        return False
    people = _people(place)
    if not people:
        return False
    since = start_of(monday - _WEEK)
    found = events_in(place, since, start_of(monday))
    if not found.events:
        return False
    week = {"first": date_format(since, "j F"), "last": date_format(monday - _DAY, "j F")}
    said = {"place": place.name, "counted": counted(found), **week}
    title = _("Changed in %(place)s, %(first)s to %(last)s: %(counted)s") % said
    # Numbers alone: a title that is withdrawn before the digest goes out is in nobody's inbox.
    kinds = Counter(event.kind for event in found.events)
    lines = [f"{kind.label}: {kinds[kind]}" for kind in EventKind if kinds[kind]]
    news = News(
        kind=KIND.name,
        title=lambda _number: title,
        path=f"{reverse('place-changes', args=[place.slug])}?since={since:%Y-%m-%d}",
        about=about(place.code),
        position=monday.toordinal(),
        detail="\n".join(lines),
    )
    notify(news, dict.fromkeys(people, len(found.events)))
    return True


def _people(place: PlaceFacts) -> list[int]:
    coordinators = Coordination.objects.filter(place=place.code).values("user")
    followers = Watch.objects.filter(place=place.code, follows=True).values("user")
    active = User.objects.filter(is_active=True)
    return sorted((active.filter(pk__in=coordinators) | active.filter(pk__in=followers)).values_list("pk", flat=True))
