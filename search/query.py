"""A search as one frozen value: what page, alert, feed, export and benchmark ask the same way.

`address` writes it as a query string that people can read, `search.forms.read_search` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from initiatives.models import Status
from places.queries import UK_CODE
from texts.vocabulary import Focus, OrganisationKind, Reach, Stage, Support, Transition

RADII = (2, 5, 10, 20, 40)  # miles
PAGE_SIZE = 20
DEEPEST_PAGE = 500


class What(TextChoices):
    """What is looked for."""

    INITIATIVES = "initiatives", _("Initiatives")
    ORGANISATIONS = "organisations", _("Organisations")
    DISCUSSIONS = "discussions", _("Discussions")


class Sort(TextChoices):
    RELEVANCE = "relevance", _("Best match")
    DISTANCE = "distance", _("Nearest")
    NEWEST = "newest", _("Newest")
    CLOSING = "closing", _("Closing soon")


class Match(TextChoices):
    """Whether every word has to be there."""

    ALL = "all", _("All words")
    ANY = "any", _("Any of the words")


class Scope(TextChoices):
    """How a result belongs to the place asked for."""

    LOCAL = "local", _("In this place")
    WIDER = "wider", _("Reaches it from outside: regional, national or online")


class Facet(StrEnum):
    """What results can be narrowed by; the value is the address's parameter."""

    STAGE = "stage"
    TRANSITION = "transition"
    SUPPORT = "support"
    FOCUS = "focus"
    KIND = "kind"
    REACH = "reach"
    REGION = "region"
    STATUS = "status"
    SCOPE = "scope"
    TAG = "tag"


# The facets whose values are words of a vocabulary; regions are codes of places, tags are anything.
VOCABULARIES: Mapping[Facet, type[TextChoices]] = {
    Facet.STAGE: Stage,
    Facet.TRANSITION: Transition,
    Facet.SUPPORT: Support,
    Facet.FOCUS: Focus,
    Facet.KIND: OrganisationKind,
    Facet.REACH: Reach,
    Facet.STATUS: Status,
    Facet.SCOPE: Scope,
}
Chosen = tuple[tuple[Facet, tuple[str, ...]], ...]


@dataclass(frozen=True)
class SearchQuery:
    """What someone searches for. Values of one facet widen it, facets narrow it."""

    words: str = ""
    what: What = What.INITIATIVES
    place: str = UK_CODE
    where: str = ""  # as typed, for the address and the box
    point: tuple[float, float] | None = None  # where distances are measured from: latitude, longitude
    near: str = ""  # the postcode or town at the point; "" where a place of its own was asked for
    miles: int | None = None  # one of RADII; needs a point
    chosen: Chosen = ()
    sort: Sort | None = None  # None: by relevance where there are words, else the newest
    match: Match = Match.ALL
    exact: bool = False  # spelling as typed, nothing put right
    page: int = 1

    @property
    def order(self) -> Sort:
        return self.sort or (Sort.RELEVANCE if self.words else Sort.NEWEST)

    def values(self, facet: Facet) -> tuple[str, ...]:
        return dict(self.chosen).get(facet, ())

    def with_values(self, facet: Facet, values: tuple[str, ...]) -> SearchQuery:
        """The same question with these values of a facet, from page one."""
        chosen = {**dict(self.chosen), facet: values}
        order = sorted((facet, values) for facet, values in chosen.items() if values)
        return replace(self, chosen=tuple(order), page=1)

    def toggled(self, facet: Facet, value: str) -> SearchQuery:
        """The same question with one value more, or without it where it was chosen."""
        before = self.values(facet)
        return self.with_values(facet, tuple(v for v in before if v != value) if value in before else (*before, value))

    def address(self, **changes: object) -> str:
        """The query string that asks the same again, or the same with some fields changed."""
        asked = replace(self, **changes) if changes else self  # type: ignore[arg-type]  # fields by name
        pairs: list[tuple[str, str]] = []
        if asked.words:
            pairs.append(("q", asked.words))
        if asked.where:
            pairs.append(("where", asked.where))
        if asked.miles:
            pairs.append(("miles", str(asked.miles)))
        if asked.what != What.INITIATIVES:
            pairs.append(("what", asked.what.value))
        pairs += [(facet.value, value) for facet, values in asked.chosen for value in values]
        if asked.sort:
            pairs.append(("sort", asked.sort.value))
        if asked.match != Match.ALL:
            pairs.append(("match", asked.match.value))
        if asked.exact:
            pairs.append(("exact", "1"))
        if asked.page > 1:
            pairs.append(("page", str(asked.page)))
        return "?" + urlencode(pairs)
