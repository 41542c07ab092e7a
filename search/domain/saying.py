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


def within(miles: int) -> str:
    return ngettext("within %(miles)d mile", "within %(miles)d miles", miles) % {"miles": miles}


def sentence(query: SearchQuery) -> str:
    """All that is asked for: “mentoring”, within 10 miles of TS1, Secondary."""
    parts = []
    if query.words:
        parts.append(f"“{query.words}”" + (_(" (any of the words)") if query.match == Match.ANY else ""))
    if query.where:
        known = gazetteer().by_slug(query.where.lower())
        where = known.name if known else query.where
        near = _("%(within)s of %(where)s") % {"within": within(query.miles), "where": where} if query.miles else ""
        parts.append(near or _("in %(where)s") % {"where": where})
    parts += [value_label(facet, value) for facet, values in query.chosen for value in values]
    if not parts:
        parts.append(_("everything in the registry"))
    kind = _("organisations") if query.what == What.ORGANISATIONS else ""
    return ", ".join([kind, *parts] if kind else parts)
