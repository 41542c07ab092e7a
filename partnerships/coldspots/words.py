"""Cold spots in words: how much a place is in need, what reaches it, and what is known of it."""

from __future__ import annotations

import math

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partnerships.coldspots.twins import Settled, Twin
from partnerships.coverage.states import State
from partnerships.coverage.words import step_name, support_label
from places.models import PlaceKind

NAMES_OF_WEIGHTS = {
    "power": gettext_lazy("How much need counts"),
    "afar": gettext_lazy("How much work from afar counts"),
    "enough": gettext_lazy("How many initiatives are enough"),
}
NAME_OF_COLD = gettext_lazy("From which score on it is cold")
_MOST = 30  # hundredths most in need, up to which a place is said to be among them


def need_words(share: float, kind: str) -> str:
    """ "among the 5% most in need"; "more in need than 62% of council areas"."""
    if kind != PlaceKind.AUTHORITY:
        told = _("its council areas are on average more in need than %(percent)d%% of council areas")
        return told % {"percent": round(100 * share)}
    top = max(1, math.ceil(round(100 * (1 - share), 6)))
    if top <= _MOST:
        return _("among the %(percent)d%% of council areas most in need") % {"percent": top}
    return _("more in need than %(percent)d%% of council areas") % {"percent": round(100 * share)}


def cell_words(step: str, support: str) -> str:
    """ "Primary to secondary, mentoring"."""
    if not support:
        return step_name(step)
    return _("%(step)s, %(support)s") % {"step": step_name(step), "support": support_label(support).lower()}


def near_words(near: int, state: State) -> str:
    """What is near, and whether that is known."""
    if near:
        return ngettext("%(n)d initiative near", "%(n)d initiatives near", near) % {"n": near}
    if state == State.NONE:
        return _("nobody near does it, as somebody who coordinates the place confirmed")
    return _("nobody near is registered, and nobody has looked")


def state_words(near: int, state: State) -> str:
    """What is near, in a badge. Not the words of journeys, which go by what comes from afar too."""
    if state == State.COVERED:
        return _("enough near")
    if state == State.THIN:
        return _("one near") if near == 1 else _("%(n)d near, not enough") % {"n": near}
    return _("nobody near, confirmed") if state == State.NONE else _("nobody near that we know of")


STATES_ASKED = {
    State.COVERED: gettext_lazy("enough near"),
    State.THIN: gettext_lazy("some near, not enough"),
    State.NONE: gettext_lazy("nobody near, confirmed"),
    State.UNKNOWN: gettext_lazy("nobody near that we know of"),
}
NOTHING_ASKED = {
    State.COVERED: gettext_lazy("What has enough near scores 0, so it is no cold spot."),
    State.THIN: gettext_lazy("Nothing has some near and yet not enough at these steps."),
    State.NONE: gettext_lazy("Nothing is confirmed as none at these steps."),
    State.UNKNOWN: gettext_lazy("Each of these has somebody near, or it is confirmed that nobody is."),
}


def afar_words(afar: int) -> str:
    if not afar:
        return _("none from afar")
    return ngettext("%(n)d from afar", "%(n)d from afar", afar) % {"n": afar}


def sentence(share: float, kind: str, near: int, afar: int, state: State) -> str:
    """ "Among the 5% of council areas most in need; nobody near is registered …; 2 from afar."."""
    told = {"need": need_words(share, kind), "near": near_words(near, state), "afar": afar_words(afar)}
    return capfirst(_("%(need)s; %(near)s; %(afar)s.") % told)


SETTLED = {
    Settled.SPARSE: gettext_lazy("thinly settled"),
    Settled.BETWEEN: gettext_lazy("neither thinly nor densely settled"),
    Settled.DENSE: gettext_lazy("densely settled"),
}


def settled_words(twin: Twin) -> str:
    """ "2,469 people per km², densely settled"."""
    told = {"density": number_format(round(twin.density), force_grouping=True), "settled": SETTLED[twin.settled]}
    return _("%(density)s people per km², %(settled)s") % told
