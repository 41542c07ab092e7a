"""A search as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from places.queries import gazetteer
from search.query import VOCABULARIES, Facet, Match, SearchQuery, What
from texts.vocabulary import label_of


def value_label(facet: Facet, value: str) -> str:
    """A chosen value as people read it."""
    if facet == Facet.REGION:
        return gazetteer()[value].name
    return label_of(VOCABULARIES[facet], value) if facet in VOCABULARIES else value


def place_label(query: SearchQuery) -> str:
    """The place asked for, and what is near in it: “Whitby, North Yorkshire”."""
    place = gazetteer()[query.place].label
    return f"{query.near}, {place}" if query.near else place


def _forms(what: What) -> tuple[str, str, str, str]:
    """What is headed by: nothing, some miles, something near, a place."""
    return {
        What.INITIATIVES: (
            _("Find initiatives"),
            _("Initiatives %(within)s of %(where)s"),
            _("Initiatives near %(where)s"),
            _("Initiatives in %(where)s"),
        ),
        What.ORGANISATIONS: (
            _("Find organisations"),
            _("Organisations %(within)s of %(where)s"),
            _("Organisations near %(where)s"),
            _("Organisations in %(where)s"),
        ),
        What.DISCUSSIONS: (
            _("Find discussions"),
            _("Discussions %(within)s of %(where)s"),
            _("Discussions near %(where)s"),
            _("Discussions in %(where)s"),
        ),
    }[what]


def heading(query: SearchQuery) -> str:
    """What the page of results is headed by; the words stand in their box below it."""
    anywhere, within_miles, near, inside = _forms(query.what)
    if not query.where:
        return anywhere
    names = {"where": query.near or gazetteer()[query.place].name, "within": within(query.miles) if query.miles else ""}
    return (within_miles if query.miles else near if query.near else inside) % names


def number_of(query: SearchQuery, total: int) -> str:
    """How many were found, in words."""
    if query.what == What.ORGANISATIONS:
        form = ngettext("%(total)d organisation", "%(total)d organisations", total)
    elif query.what == What.DISCUSSIONS:
        form = ngettext("%(total)d discussion", "%(total)d discussions", total)
    else:
        form = ngettext("%(total)d initiative", "%(total)d initiatives", total)
    return form % {"total": total}


def within(miles: int) -> str:
    return ngettext("within %(miles)d mile", "within %(miles)d miles", miles) % {"miles": miles}


def sentence(query: SearchQuery) -> str:
    """All that is asked for: “mentoring”, within 10 miles of TS1, Secondary."""
    parts = []
    if query.words:
        parts.append(f"“{query.words}”" + (_(" (any of the words)") if query.match == Match.ANY else ""))
    if query.where:
        known = gazetteer().by_slug(query.where.lower())
        where = query.near or (known.name if known else query.where)
        near = _("near %(where)s") if query.near else _("in %(where)s")
        if query.miles:
            parts.append(_("%(within)s of %(where)s") % {"within": within(query.miles), "where": where})
        else:
            parts.append(near % {"where": where})
    parts += [value_label(facet, value) for facet, values in query.chosen for value in values]
    if not parts:
        parts.append(_("everything in the registry"))
    kind = {What.ORGANISATIONS: _("organisations"), What.DISCUSSIONS: _("discussions")}.get(query.what, "")
    return ", ".join([kind, *parts] if kind else parts)
