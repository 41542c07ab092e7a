"""What the page of a journey shows beside its picture, and what the list behind a number says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.coverage.asking import AFAR_ONLY, NAMED_ONLY, NEAR_ONLY, VIEWS, JourneyQuery
from partnerships.coverage.grid import Measure
from partnerships.coverage.queries.journey import Journey
from partnerships.coverage.queries.tallies import NAMED
from partnerships.coverage.words import step_label, support_label, way_label
from texts.vocabulary import Stage

_GROUPS = {
    NAMED_ONLY: gettext_lazy("Names it or a part of it"),
    NEAR_ONLY: gettext_lazy("From near: names it or a part of it, or is for its region"),
    AFAR_ONLY: gettext_lazy("From afar: for a whole nation or the UK, or online"),
}


@dataclass(frozen=True)
class Choice:
    """One way to look at a journey, its address, and how many initiatives there are so."""

    label: str
    url: str
    is_chosen: bool
    count: int = 0


def ways_of(journey: Journey) -> Sequence[Choice]:
    """All, only what names the place, and each way it is reached."""
    query = journey.query
    counts = {way: int(numbers.cells[0, 0, Measure.COUNT]) for way, numbers in journey.by_way.items()}
    named = sum(counts.get(way, 0) for way in NAMED)
    choices = [("", _("All that reaches it"), sum(counts.values()))]
    if sum(way in counts for way in NAMED) > 1:
        choices.append((NAMED_ONLY, _("Only what names this place or a part of it"), named))
    choices += [(way, way_told(query, way), counts[way]) for way in journey.ways]
    return [Choice(label, query.but(way=way).url, way == query.way, count) for way, label, count in choices]


def way_told(query: JourneyQuery, way: str) -> str:
    """A way in words; "" for all of them."""
    if way in _GROUPS:
        return str(_GROUPS[way])
    return way_label(way, query.place, is_set=query.is_set) if way else ""


def views_of(query: JourneyQuery) -> Sequence[Choice]:
    """Every step, or stages or transitions alone."""
    labels = {"": _("Stages and transitions"), "stages": _("Stages"), "transitions": _("Transitions")}
    return [Choice(labels[view], query.but(view=view).url, view == query.view) for view in VIEWS]


def heading_of(query: JourneyQuery) -> str:
    """“Mentoring: Primary to secondary”."""
    if not query.step:
        return support_label(query.support)
    if not query.support:
        return step_label(query.step)
    return _("%(support)s: %(step)s") % {"support": support_label(query.support), "step": step_label(query.step)}


def wider_of(query: JourneyQuery) -> list[tuple[str, str]]:
    """The same list with one condition less, each with its address."""
    choices = []
    if query.way:
        choices.append((_("However it reaches the place"), query.but(way="")))
    if query.ending:
        choices.append((_("Whenever it ends"), query.but(ending=False)))
    if query.support and query.step:
        choices.append((_("Any kind of support"), query.but(support="")))
        choices.append((_("At any stage or transition"), query.but(step="")))
    return [(label, wider.list_url) for label, wider in choices]


def search_url_of(query: JourneyQuery) -> str:
    """The list of all initiatives with the same conditions; empty where it cannot be asked so."""
    if query.is_set or query.way or query.ending:
        return ""
    pairs = [("where", query.place.slug)]
    if query.step:
        pairs.append(("stage" if query.step in Stage.values else "transition", query.step))
    if query.support:
        pairs.append(("support", query.support))
    return f"{reverse('initiatives')}?{urlencode(pairs)}"
