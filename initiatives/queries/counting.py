"""How many listed initiatives reach a place, from the kept counts: one short query whatever the registry holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, QuerySet, Sum, When

from initiatives.models import Dimension, PlaceCount
from places.queries import UK_CODE, gazetteer


@dataclass(frozen=True)
class Counts:
    """Totals of one place by dimension and value, and how many of them lie within it."""

    totals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    within: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def total(self, dimension: Dimension = Dimension.ALL, value: str = "") -> int:
        return self.totals.get((dimension.value, value), 0)

    def local(self, dimension: Dimension = Dimension.ALL, value: str = "") -> int:
        """Those declared for the place or inside it, without what comes from around it."""
        return self.within.get((dimension.value, value), 0)

    def values(self, dimension: Dimension) -> dict[str, int]:
        """Value → total of one dimension, zeros left out."""
        return {value: total for (name, value), total in self.totals.items() if name == dimension.value and total > 0}


def _around(code: str) -> QuerySet[PlaceCount]:
    """The rows of a place and of the places around it."""
    return PlaceCount.objects.filter(place_id__in=[code, *gazetteer().ancestors(code)])


def _given(code: str) -> Case:
    """What such a row gives to the place's total."""
    return Case(When(place_id=code, then=F("within")), default=F("declared"))


def counts_for(code: str) -> Counts:
    """The counts of one place, but for tags: of those a place may have thousands."""
    totals: dict[tuple[str, str], int] = {}
    within: dict[tuple[str, str], int] = {}
    rows = _around(code).exclude(dimension=Dimension.TAG)
    columns = ("place_id", "dimension", "value", "within", "declared")
    for place, dimension, value, inside, declared in rows.values_list(*columns):
        number = inside if place == code else declared
        totals[dimension, value] = totals.get((dimension, value), 0) + number
        if place == code:
            within[dimension, value] = number
    return Counts(totals, within)


def tag_counts(code: str, *, most: int | None = None, only: Iterable[str] | None = None) -> dict[str, int]:
    """Tag → total of one place, the most used first: all, the first `most`, or `only` those."""
    rows = _around(code).filter(dimension=Dimension.TAG)
    if only is not None:
        rows = rows.filter(value__in=list(only))
    totals = rows.values_list("value").annotate(total=Sum(_given(code))).filter(total__gt=0).order_by("-total", "value")
    return dict(totals[:most])


def tags_beginning(text: str, *, most: int) -> list[str]:
    """Tags of which a word begins with a text, the most used first."""
    begins = Q(value__startswith=text) | Q(value__contains=f" {text}")
    rows = _around(UK_CODE).filter(begins, dimension=Dimension.TAG).values_list("value")
    totals = rows.annotate(total=Sum(_given(UK_CODE))).filter(total__gt=0).order_by("-total", "value")
    return [tag for tag, _total in totals[:most]]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many listed initiatives reach a place, and how many of them are declared for it or inside it."""

    total: int = 0
    within: int = 0


def reach_of_places(codes: Iterable[str], dimension: Dimension = Dimension.ALL, value: str = "") -> dict[str, Reached]:
    """The numbers of many places in one query, of all initiatives or of those with one word."""
    wanted = list(codes)
    rows = PlaceCount.objects.filter(dimension=dimension, value=value, place_id__in=with_ancestors(wanted))
    kept = {place: (within, declared) for place, within, declared in rows.values_list("place_id", "within", "declared")}
    return summed(wanted, kept)


def with_ancestors(codes: Iterable[str]) -> set[str]:
    """Places and all that lies above them: whose rows their totals are summed from."""
    gaz = gazetteer()
    return {around for code in codes for around in (code, *gaz.ancestors(code))}


def summed(codes: Iterable[str], kept: Mapping[str, tuple[int, int]]) -> dict[str, Reached]:
    """Totals by the rule of `initiatives.models.reach`, from place → how many lie within it and how many declare it."""
    gaz = gazetteer()
    found = {}
    for code in codes:
        within = kept.get(code, (0, 0))[0]
        found[code] = Reached(within + sum(kept.get(around, (0, 0))[1] for around in gaz.ancestors(code)), within)
    return found


def totals_of_places(codes: Iterable[str]) -> dict[str, int]:
    """Place → how many listed initiatives reach it, for many places in one query."""
    return {code: numbers.total for code, numbers in reach_of_places(codes).items()}
