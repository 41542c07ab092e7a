"""How many listed initiatives reach a place, from the kept counts: one short query whatever the registry holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Sum, When

from initiatives.models import Dimension, PlaceCount
from places.queries import UK_CODE, gazetteer

# Naming so many places takes longer than reading the rows of all.
_NEARLY_ALL = 200


@dataclass(frozen=True, slots=True)
class Reached:
    """How many listed initiatives reach a place, and how many of them are declared for it or inside it."""

    total: int = 0
    within: int = 0


@dataclass(frozen=True)
class Counts:
    """Totals of one place by dimension and value, and how many of them lie within it."""

    totals: Mapping[tuple[str, str], int] = field(default_factory=dict)
    within: Mapping[tuple[str, str], int] = field(default_factory=dict)
    reached: Mapping[str, Reached] = field(default_factory=dict)  # of the place, and of those beside it

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


# Written out: each page of a place asks it, and Django takes longer to put it together than the database to answer it.
_ROWS = 'SELECT place_id, dimension, value, "within", declared FROM initiatives_placecount WHERE '
_OF_PLACES = f"(place_id IN ({{places}}) AND dimension <> '{Dimension.TAG.value}')"
_OR_ALL_OF = f" OR (place_id IN ({{places}}) AND dimension = '{Dimension.ALL.value}')"


def _marks(values: Collection[str]) -> str:
    return ", ".join(["%s"] * len(values))


def counts_for(code: str, *, beside: Collection[str] = ()) -> Counts:
    """The counts of one place, but for tags: of those a place may have thousands. Of places `beside` it only how many
    initiatives reach them, in the same query."""
    totals: dict[tuple[str, str], int] = {}
    within: dict[tuple[str, str], int] = {}
    every: dict[str, tuple[int, int]] = {}
    around = {code, *gazetteer().ancestors(code)}
    places, also = sorted(around), sorted(with_ancestors(beside)) if beside else []
    of_these = _OF_PLACES.format(places=_marks(places))
    if also:
        of_these += _OR_ALL_OF.format(places=_marks(also))
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + of_these, [*places, *also])
        rows = cursor.fetchall()
    for place, dimension, value, inside, declared in rows:
        if dimension == Dimension.ALL:
            every[place] = (inside, declared)
        if place in around:
            number = inside if place == code else declared
            totals[dimension, value] = totals.get((dimension, value), 0) + number
        if place == code:
            within[dimension, value] = number
    return Counts(totals, within, summed((code, *beside), every))


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


def reach_of_places(codes: Iterable[str], dimension: Dimension = Dimension.ALL, value: str = "") -> dict[str, Reached]:
    """The numbers of many places in one query, of all initiatives or of those with one word."""
    wanted = list(codes)
    rows = PlaceCount.objects.filter(dimension=dimension, value=value)
    if len(wanted) < _NEARLY_ALL:
        rows = rows.filter(place_id__in=with_ancestors(wanted))
    kept = {place: (within, declared) for place, within, declared in rows.values_list("place_id", "within", "declared")}
    return summed(wanted, kept)


def with_ancestors(codes: Iterable[str]) -> set[str]:
    """Places and all that lies above them: whose rows their totals are summed from."""
    gaz = gazetteer()
    wanted = set(codes)
    one_of_each = {gaz[code].parent_code: code for code in wanted}
    return wanted.union(*(gaz.ancestors(code) for code in one_of_each.values()))


def summed(codes: Iterable[str], kept: Mapping[str, tuple[int, int]]) -> dict[str, Reached]:
    """Totals by the rule of `initiatives.models.reach`, from place → how many lie within it and how many declare it."""
    gaz = gazetteer()
    nothing = (0, 0)
    from_above: dict[str | None, int] = {}  # by what lies just above: many places have that in common
    found = {}
    for code in codes:
        within, parent = kept.get(code, nothing)[0], gaz[code].parent_code
        if parent not in from_above:
            from_above[parent] = sum(kept.get(around, nothing)[1] for around in gaz.ancestors(code))
        found[code] = Reached(within + from_above[parent], within)
    return found


def totals_of_places(codes: Iterable[str]) -> dict[str, int]:
    """Place → how many listed initiatives reach it, for many places in one query."""
    return {code: numbers.total for code, numbers in reach_of_places(codes).items()}
