"""Events as pages, feeds and e-mails show them: what about, in words, with a link. A fixed number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.queries.cards import Card, cards_by_id
from initiatives.queries.published import answer_labels, changed_by
from partnerships.coverage.models import Confirmation
from partnerships.coverage.words import step_label, support_label
from partnerships.history.kinds import Group, Kind
from partnerships.history.queries.events import Event, Events
from places.queries import PlaceFacts, gazetteer

MOST_NAMED = 6  # answers in one line


@dataclass(frozen=True)
class Shown:
    """One event of a place."""

    at: datetime.datetime
    day: datetime.date
    key: str
    group: Group
    label: str
    title: str
    url: str
    detail: str
    byline: str
    author: str  # the organisation's name, or the role of who signed


def shown(place: PlaceFacts, events: Sequence[Event]) -> list[Shown]:
    """In their order; what is public no more since is left out."""
    signed = [event for event in events if event.group == Group.GAPS]
    cards = cards_by_id({event.pk for event in events if event.group != Group.GAPS}, live=True)
    published = [event for event in events if event.kind == Kind.CHANGED]
    entries = {event.entry for event in published}
    answers = changed_by(entries, {event.pk for event in published}) if published else {}
    gaps = Confirmation.objects.in_bulk([event.pk for event in signed]) if signed else {}
    found = []
    for event in events:
        if event.group == Group.GAPS:
            if event.pk in gaps:
                found.append(_gap(place, event, gaps[event.pk]))
        elif event.pk in cards:
            names = answer_labels(event.answers) or answers.get(event.entry, [])
            found.append(_about(event, cards[event.pk], names))
    return found


def _about(event: Event, card: Card, names: Sequence[str]) -> Shown:
    detail = card.summary
    if event.kind in (Kind.CHANGED, Kind.IMPORTED):
        detail = _("New answers: %(names)s.") % {"names": _listed(names)} if names else _("Published again.")
    byline = f"{card.lead_name}, {card.place_label}"
    return Shown(
        *(event.at, _day(event), event.key, event.group, str(event.kind.label)),
        card.title,
        card.url,
        detail,
        byline,
        card.lead_name,
    )


def _gap(place: PlaceFacts, event: Event, said: Confirmation) -> Shown:
    asked = {"step": said.step, "support": said.support} if said.support else {"step": said.step}
    where = gazetteer()[said.place_id]
    url = f"{reverse('journey-list', args=[where.slug])}?{urlencode(asked)}"
    title = f"{step_label(said.step)}, {support_label(said.support)}"
    if where != place:  # a council area in it
        title = f"{where.name}: {title}"
    details = {
        Kind.CONFIRMED: _("“%(note)s” It stands until %(day)s.")
        % {"note": said.note, "day": date_format(said.lapses_on)},
        Kind.LAPSED: _("It was said a year ago. Somebody has to look again."),
        Kind.WITHDRAWN: _("A coordinator took back that nobody does this here."),
        Kind.FILLED: _("It was said that nobody does this here. Now somebody does."),
    }
    return Shown(
        *(event.at, _day(event), event.key, event.group, str(event.kind.label)),
        title,
        url,
        details[event.kind],
        said.role,
        said.role,
    )


def _day(event: Event) -> datetime.date:
    return timezone.localtime(event.at).date()


def _listed(names: Sequence[str]) -> str:
    told = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return told
    return _("%(names)s and %(more)d more") % {"names": told, "more": len(names) - MOST_NAMED}


def counted(events: Events) -> str:
    """“2 opened, 1 ended”; empty where nothing happened."""
    said = {
        Group.OPENED: ngettext("%(n)d opened", "%(n)d opened", events.number(Group.OPENED)),
        Group.ENDED: ngettext("%(n)d ended", "%(n)d ended", events.number(Group.ENDED)),
        Group.CHANGED: ngettext("%(n)d changed", "%(n)d changed", events.number(Group.CHANGED)),
        Group.GAPS: ngettext("%(n)d gap looked at", "%(n)d gaps looked at", events.number(Group.GAPS)),
    }
    told = ", ".join(said[group] % {"n": number} for group in Group if (number := events.number(group)))
    return _("more than %(counted)s") % {"counted": told} if events.more and told else told
