"""How steps, kinds of support, ways and states are called on a journey."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.coverage.queries.tallies import HERE, NATION, ONLINE, PART, REGION, UK, way_around
from partnerships.coverage.states import State
from places.models import PlaceKind
from places.queries import PlaceFacts, gazetteer
from texts.vocabulary import Stage, Support, Transition, label_of

# One word each, for a stone on a telephone.
SHORT_SUPPORT = {
    Support.GUIDANCE: gettext_lazy("Guidance"),
    Support.MENTORING: gettext_lazy("Mentoring"),
    Support.COACHING: gettext_lazy("Coaching"),
    Support.SKILLS: gettext_lazy("Skills"),
    Support.EMPLOYERS: gettext_lazy("Employers"),
    Support.TUTORING: gettext_lazy("Tutoring"),
    Support.TECHNICAL: gettext_lazy("Technical"),
    Support.MONEY: gettext_lazy("Money"),
    Support.HEALTH: gettext_lazy("Health"),
    Support.FAMILY: gettext_lazy("Family"),
    Support.PRACTICAL: gettext_lazy("Practical"),
    Support.DIGITAL: gettext_lazy("Digital"),
}
STATES = {
    State.COVERED: gettext_lazy("covered"),
    State.THIN: gettext_lazy("thin"),
    State.NONE: gettext_lazy("none, confirmed"),
    State.UNKNOWN: gettext_lazy("not known"),
}


def step_label(step: str) -> str:
    """“Primary (5–11)”, “Choices at 16”; of "" all of them."""
    if not step:
        return _("Every stage and transition")
    return label_of(Stage, step) if step in Stage.values else label_of(Transition, step)


def step_name(step: str) -> str:
    """Without ages."""
    return step_label(step).split(" (")[0]


def support_label(support: str) -> str:
    return label_of(Support, support) if support else _("Any kind of support")


def support_name(support: str) -> str:
    """In one word."""
    return str(SHORT_SUPPORT[Support(support)])


def way_label(way: str, place: PlaceFacts, *, is_set: bool = False) -> str:
    """“Names Leeds”, “All of Yorkshire and The Humber”, “Online”."""
    if way == ONLINE:
        return _("Online")
    if way == UK:
        return _("The whole UK")
    if is_set:
        labels = {HERE: _("Names one of them"), REGION: _("A whole region"), NATION: _("A whole nation")}
        return labels.get(way, way)
    if way == HERE:
        return (_("Names %(place)s") if place.is_authority else _("All of %(place)s")) % {"place": place.said_name}
    if way == PART:
        if place.kind == PlaceKind.UK:
            return _("Part of the UK, or not known which")
        return _("Part of %(place)s") % {"place": place.said_name}
    gaz = gazetteer()
    name = next((gaz[code].said_name for code in gaz.ancestors(place.code) if way_around(code) == way), way)
    return _("All of %(place)s") % {"place": name}
