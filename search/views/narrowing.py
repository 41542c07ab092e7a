"""A search's links: each facet, each chip, each order is an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.views.facets import Chip, Group, Option
from search.domain.proposing import without_each
from search.domain.saying import value_label
from search.query import RADII, VOCABULARIES, Facet, SearchQuery, Sort, What
from search.traits import region_codes

_NAMES: dict[Facet, Callable[[], str]] = {
    Facet.SCOPE: lambda: _("How near"),
    Facet.STAGE: lambda: _("Stage"),
    Facet.TRANSITION: lambda: _("Transition"),
    Facet.SUPPORT: lambda: _("Kind of support"),
    Facet.FOCUS: lambda: _("Above all for"),
    Facet.KIND: lambda: _("Led by"),
    Facet.REACH: lambda: _("Reach"),
    Facet.REGION: lambda: _("Region or nation"),
    Facet.STATUS: lambda: _("Status"),
    Facet.TAG: lambda: _("Tag"),
}
_OPEN = {Facet.SCOPE, Facet.STAGE}


@dataclass(frozen=True)
class Choice:
    """One of several ways to ask the same: an order, a radius, a kind of thing."""

    label: str
    url: str
    chosen: bool
    count: int | None = None


def groups(query: SearchQuery, facets: Mapping[Facet, Mapping[str, int]]) -> list[Group]:
    """The filter panel: words with their numbers, chosen ones kept though they be zero."""
    shown = []
    for facet, name in _NAMES.items():
        counts, chosen = facets.get(facet, {}), query.values(facet)
        options = [
            _option(query, facet, value, counts.get(value, 0))
            for value in _order(facet, counts, chosen)
            if counts.get(value, 0) or value in chosen
        ]
        if len(options) > 1 or chosen:
            label = _("Kind") if facet == Facet.KIND and query.what == What.ORGANISATIONS else name()
            shown.append(Group(label, facet.value, options, bool(chosen) or facet in _OPEN))
    return shown


def _option(query: SearchQuery, facet: Facet, value: str, count: int) -> Option:
    chosen = value in query.values(facet)
    return Option(value_label(facet, value), count, query.toggled(facet, value).address(), chosen)


def _order(facet: Facet, counts: Mapping[str, int], chosen: Sequence[str]) -> Sequence[str]:
    if facet == Facet.REGION:
        return region_codes()
    if facet in VOCABULARIES:
        return tuple(VOCABULARIES[facet].values)
    return [*counts, *(value for value in chosen if value not in counts)]


def chips(query: SearchQuery) -> list[Chip]:
    """What is asked for, each with the address without it."""
    return [Chip(label, without.address()) for label, without in without_each(query)]


def orders(query: SearchQuery) -> list[Choice]:
    """The ways to order these results: nearness only from a point, relevance only with words."""
    able = [sort for sort in Sort if (sort != Sort.DISTANCE or query.point) and (sort != Sort.RELEVANCE or query.words)]
    able = [sort for sort in able if sort != Sort.CLOSING or query.what == What.INITIATIVES]
    return [Choice(str(sort.label), query.address(sort=sort, page=1), sort == query.order) for sort in able]


def radii(query: SearchQuery) -> list[tuple[int, str]]:
    """Radii for the form: miles and what they are called."""
    return [(miles, ngettext("%(n)d mile", "%(n)d miles", miles) % {"n": miles}) for miles in RADII]
