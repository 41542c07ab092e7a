"""A browse question's links: each filter, each chip, each page is an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from initiatives.models import Dimension
from initiatives.queries.browsing import VOCABULARIES, BrowseQuery
from places.queries import gazetteer
from texts.vocabulary import label_of

_NAMES = {
    Dimension.STAGE: lambda: _("Stage"),
    Dimension.TRANSITION: lambda: _("Transition"),
    Dimension.SUPPORT: lambda: _("Kind of support"),
    Dimension.KIND: lambda: _("Led by"),
    Dimension.TAG: lambda: _("Tag"),
}


@dataclass(frozen=True)
class Option:
    label: str
    count: int
    url: str
    selected: bool

    @property
    def remove_url(self) -> str:
        return self.url


@dataclass(frozen=True)
class Group:
    name: str
    key: str
    options: list[Option]
    open: bool


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


def value_label(dimension: Dimension, value: str) -> str:
    """A chosen value as people read it; a tag is its own label."""
    vocabulary = VOCABULARIES.get(dimension)
    return label_of(vocabulary, value) if vocabulary else value


def facet_groups(query: BrowseQuery, facets: Mapping[Dimension, Mapping[str, int]]) -> list[Group]:
    """The filter panel: words with their numbers, chosen ones kept though they be zero."""
    groups = []
    for dimension, counts in facets.items():
        chosen = query.values(dimension)
        vocabulary = VOCABULARIES.get(dimension)
        order = vocabulary.values if vocabulary else [*counts, *(value for value in chosen if value not in counts)]
        options = [
            Option(
                value_label(dimension, value),
                counts.get(value, 0),
                query.toggled(dimension, value).address(),
                value in chosen,
            )
            for value in order
            if counts.get(value, 0) or value in chosen
        ]
        if options:
            groups.append(
                Group(_NAMES[dimension](), dimension.value, options, bool(chosen) or dimension == Dimension.STAGE)
            )
    return groups


def chips(query: BrowseQuery) -> list[Chip]:
    """What is chosen, each with the address without it."""
    shown = []
    if query.where:
        shown.append(Chip(gazetteer()[query.place].label, replace(query, where="", page=1).address()))
    shown += [
        Chip(value_label(dimension, value), query.toggled(dimension, value).address())
        for dimension, values in query.chosen.items()
        for value in values
    ]
    return shown


MAP_VIEW = "map"


def is_map(given: Mapping[str, str]) -> bool:
    """Whether results are asked for as a map: `?view=map`."""
    return given.get("view") == MAP_VIEW


def on_map(address: str) -> str:
    """The same question, answered by a map."""
    return f"{address}{'&' if len(address) > 1 else ''}view={MAP_VIEW}"


def groups_on_map(groups: Iterable[Group]) -> list[Group]:
    """The filter panel of a map: what is chosen there narrows the map."""
    return [
        replace(group, options=[replace(option, url=on_map(option.url)) for option in group.options])
        for group in groups
    ]


def chips_on_map(chosen: Iterable[Chip]) -> list[Chip]:
    """Likewise what is chosen."""
    return [replace(chip, remove_url=on_map(chip.remove_url)) for chip in chosen]
