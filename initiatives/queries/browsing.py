"""The browse list: what was asked as one frozen value, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, TextChoices

from initiatives.models import Dimension, Initiative
from initiatives.queries.cards import Card, cards
from initiatives.queries.counting import Counts, counts_for, tag_counts
from initiatives.queries.listed import listed
from initiatives.queries.newest import newest_in
from places.queries import UK_CODE, gazetteer
from texts.vocabulary import OrganisationKind, Stage, Support, Transition

PAGE_SIZE = 20
DEEPEST_PAGE = 500
TAGS_SHOWN = 15

# Dimension → the address's parameter, and where the value stands.
VOCABULARIES: dict[Dimension, type[TextChoices]] = {
    Dimension.STAGE: Stage,
    Dimension.TRANSITION: Transition,
    Dimension.SUPPORT: Support,
    Dimension.KIND: OrganisationKind,
}
_SETS = {Dimension.STAGE: "stages", Dimension.TRANSITION: "transitions", Dimension.SUPPORT: "support"}


@dataclass(frozen=True)
class BrowseQuery:
    """What someone asks the list for. Values of one dimension widen it, dimensions narrow it. Words are for search."""

    place: str = UK_CODE
    chosen: Mapping[Dimension, tuple[str, ...]] = field(default_factory=dict)
    where: str = ""  # as typed, for the address and the box
    page: int = 1

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        return self.chosen.get(dimension, ())

    def without(self, dimension: Dimension) -> BrowseQuery:
        return replace(self, chosen={name: values for name, values in self.chosen.items() if name != dimension})

    def toggled(self, dimension: Dimension, value: str) -> BrowseQuery:
        """The same question with one value more, or without it where it was chosen. Starts at page one."""
        before = self.values(dimension)
        after = tuple(v for v in before if v != value) if value in before else (*before, value)
        chosen = {**self.chosen, dimension: after}
        return replace(self, chosen={name: values for name, values in chosen.items() if values}, page=1)

    def address(self, *, page: int = 1) -> str:
        """The query string that asks the same again."""
        pairs: list[tuple[str, str]] = []
        if self.where:
            pairs.append(("where", self.where))
        pairs += [(name.value, value) for name, values in self.chosen.items() for value in values]
        if page > 1:
            pairs.append(("page", str(page)))
        return "?" + urlencode(pairs)


@dataclass(frozen=True)
class BrowseResult:
    cards: Sequence[Card]
    total: int
    facets: Mapping[Dimension, Mapping[str, int]]
    page: int
    pages: int


def browse(query: BrowseQuery) -> BrowseResult:
    """One page of the list with its counts. A page past the end gives the last one.

    With at most one value chosen the total is a kept count; else what matches is counted.
    """
    kept = counts_for(query.place)
    total = _total(query, kept)
    pages = max(1, min(-(-total // PAGE_SIZE), DEEPEST_PAGE))
    page = min(max(query.page, 1), pages)
    ids = _ids(query, PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return BrowseResult(cards(ids), total, _facets(query, kept), page, pages)


def _chosen_values(query: BrowseQuery) -> list[tuple[Dimension, str]]:
    return [(dimension, value) for dimension, values in query.chosen.items() for value in values]


def _total(query: BrowseQuery, kept: Counts) -> int:
    chosen = _chosen_values(query)
    if len(chosen) > 1:
        return matching(query).count()
    if not chosen:
        return kept.total()
    dimension, value = chosen[0]
    if dimension == Dimension.TAG:
        return tag_counts(query.place, only=[value]).get(value, 0)
    return kept.total(dimension, value)


def _ids(query: BrowseQuery, limit: int, offset: int) -> list[int]:
    if not query.chosen:
        return newest_in(query.place, limit=limit, offset=offset)
    ordered = matching(query).order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    return list(ordered[offset : offset + limit])


def matching(query: BrowseQuery) -> QuerySet[Initiative]:
    """The listed initiatives that answer a question, each once."""
    found = listed()
    if query.place != UK_CODE:
        # Within the place, or declared by a place around it: never both, so the join doubles nothing.
        found = found.filter(
            Q(reached_places__place_id=query.place)
            | Q(reached_places__declared=True, reached_places__place_id__in=gazetteer().ancestors(query.place))
        )
    for dimension, column in _SETS.items():
        if values := query.values(dimension):
            found = found.filter(**{f"{column}__any_of": values})
    if kinds := query.values(Dimension.KIND):
        found = found.filter(lead_organisation__kind__in=kinds)
    if tags := query.values(Dimension.TAG):
        tagged = Initiative.tags.through.objects.filter(tag__name__in=tags).values("content_object_id")
        found = found.filter(pk__in=tagged)
    return found


def _facets(query: BrowseQuery, kept: Counts) -> dict[Dimension, Mapping[str, int]]:
    """Counts of each dimension for everything else that is chosen, so that a choice still shows its neighbours."""
    facets: dict[Dimension, Mapping[str, int]] = {}
    shared: dict[Dimension, Mapping[str, int]] | None = None
    for dimension in (*VOCABULARIES, Dimension.TAG):
        others = query.without(dimension)
        if not others.chosen:
            tags = dimension == Dimension.TAG
            facets[dimension] = tag_counts(query.place, most=TAGS_SHOWN) if tags else kept.values(dimension)
        elif others.chosen == query.chosen:
            shared = shared if shared is not None else _count(query, (*VOCABULARIES, Dimension.TAG))
            facets[dimension] = shared[dimension]
        else:
            facets[dimension] = _count(others, (dimension,))[dimension]
    return facets


def _count(query: BrowseQuery, dimensions: Sequence[Dimension]) -> dict[Dimension, Mapping[str, int]]:
    """Count what matches by every word of the dimensions asked for."""
    found = matching(query)
    counted: dict[Dimension, Mapping[str, int]] = {}
    sets = [dimension for dimension in dimensions if dimension in _SETS]
    if sets:
        sums = {
            f"{dimension.value}{number}": Count("pk", filter=Q(**{f"{_SETS[dimension]}__any_of": [value]}))
            for dimension in sets
            for number, value in enumerate(VOCABULARIES[dimension].values)
        }
        row = found.aggregate(**sums)
        for dimension in sets:
            numbers = {value: row[f"{dimension.value}{n}"] for n, value in enumerate(VOCABULARIES[dimension].values)}
            counted[dimension] = {value: number for value, number in numbers.items() if number}
    if Dimension.KIND in dimensions:
        counted[Dimension.KIND] = dict(
            found.order_by().values_list("lead_organisation__kind").annotate(number=Count("pk"))
        )
    if Dimension.TAG in dimensions:
        through = Initiative.tags.through.objects.filter(content_object__in=found.order_by())
        rows = through.values_list("tag__name").annotate(number=Count("pk")).order_by("-number", "tag__name")
        counted[Dimension.TAG] = dict(rows[:TAGS_SHOWN])
    return counted
