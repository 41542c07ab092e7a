"""What the national view says of itself: its choices, the heads of its table, its totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.queries.across import KINDS, places_around
from partnerships.coverage.states import State
from partnerships.coverage.words import STATES, step_label, support_label
from partnerships.national.asking import NationalQuery
from partnerships.national.queries import National
from partnerships.need.words import kind_words
from places.models import PlaceKind
from places.queries import UK_CODE


@dataclass(frozen=True, slots=True)
class Head:
    """A column of the table: the address that sorts by it, and whether it does so now."""

    label: str
    url: str
    sorted: str  # "ascending", "descending" or ""
    is_number: bool


@dataclass(frozen=True, slots=True)
class Total:
    """How many places are in one state, and the address of the table of just these."""

    label: str
    number: int
    url: str
    is_chosen: bool


def heads(found: National) -> list[Head]:
    labels = {
        "place": _("Place"),
        "state": _("Known"),
        "count": _("Reach it"),
        "near": _("From near"),
        "afar": _("From afar"),
        "places": _("Places"),
        "ending": _("Ending"),
    }
    return [_head(found.query, name, label) for name, label in labels.items()]


def _head(query: NationalQuery, name: str, label: str) -> Head:
    """Pressed again it turns round; numbers begin with the most."""
    is_number = name not in ("place", "state")
    is_sorted = query.sort == name
    turned = not query.descending if is_sorted else is_number
    now = ("descending" if query.descending else "ascending") if is_sorted else ""
    return Head(label, query.but(sort=name, descending=turned).url, now, is_number)


def totals(found: National) -> list[Total]:
    query = found.query
    return [
        Total(str(STATES[state]), number, query.but(state=state).url, query.state == state)
        for state, number in found.totals
    ]


def counted(found: National) -> str:
    """“361 council areas”, “12 council areas in North East (region)”."""
    words = kind_words(found.query.kind, found.number)
    if found.query.within == UK_CODE:
        return words
    return _("%(areas)s in %(place)s") % {"areas": words, "place": found.query.around.said}


def told_of_none(query: NationalQuery) -> str:
    """“Scotland has no regions.”"""
    kinds = {
        PlaceKind.REGION: _("%(place)s has no regions."),
        PlaceKind.NATION: _("%(place)s has no nations within it."),
        PlaceKind.COMBINED_AUTHORITY: _("%(place)s has no combined authorities."),
        PlaceKind.PRIORITY_AREA: _("%(place)s has no priority areas."),
    }
    told = kinds.get(PlaceKind(query.kind), _("%(place)s has no council areas."))
    return capfirst(told % {"place": query.around.said})


def told_of_any(found: National) -> str:
    """What “covered” means where no step is chosen: not that every step is; "" where one is."""
    if found.query.step:
        return ""
    number = dict(found.totals)[State.COVERED]
    told = ngettext(
        "%(areas)s has two or more at some stage or transition, at least one of them from near.",
        "%(areas)s have two or more at some stage or transition, at least one of them from near.",
        number,
    )
    return told % {"areas": kind_words(found.query.kind, number)}


def step_words(step: str) -> str:
    """As `step_label`; of "" that any will do, not that each of them is meant."""
    return step_label(step) if step else _("At any stage or transition")


def heading(query: NationalQuery) -> str:
    """“Choices at 16: mentoring”."""
    if query.step and query.support:
        return _("%(step)s: %(support)s") % {
            "step": step_label(query.step),
            "support": support_label(query.support).lower(),
        }
    return step_words(query.step) if query.step or not query.support else support_label(query.support)


Choices = Sequence[tuple[str, str]]


def choices() -> dict[str, Choices]:
    """What each box of the form offers: value and label."""
    kinds = {
        PlaceKind.AUTHORITY: _("Council areas"),
        PlaceKind.REGION: _("Regions"),
        PlaceKind.COMBINED_AUTHORITY: _("Combined authorities"),
        PlaceKind.NATION: _("Nations"),
        PlaceKind.PRIORITY_AREA: _("Priority areas"),
    }
    return {
        "steps": [(step, step_words(step)) for step in ("", *STEPS)],
        "supports": [(support, support_label(support)) for support in ("", *SUPPORTS)],
        "kinds": [(kind.value, kinds[kind]) for kind in KINDS],
        "around": [("" if place.code == UK_CODE else place.slug, place.label) for place in places_around()],
        "shades": [("state", _("What is known")), ("number", _("How many reach it"))],
        "states": [("", _("Whatever is known")), *((state.value, str(STATES[state])) for state in State)],
    }
