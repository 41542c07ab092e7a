"""How many listed initiatives reach a place, from the kept counts: one short query whatever the registry holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from initiatives.models import Dimension, PlaceCount
from places.queries import gazetteer


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


def counts_for(code: str, *, tags: bool = False) -> Counts:
    """The counts of one place. Tags only where asked for: a place may have thousands."""
    rows = PlaceCount.objects.filter(Q(place_id=code) | Q(place_id__in=gazetteer().ancestors(code)))
    if not tags:
        rows = rows.exclude(dimension=Dimension.TAG)
    totals: dict[tuple[str, str], int] = {}
    within: dict[tuple[str, str], int] = {}
    for place, dimension, value, inside, declared in rows.values_list(
        "place_id", "dimension", "value", "within", "declared"
    ):
        number = inside if place == code else declared
        totals[dimension, value] = totals.get((dimension, value), 0) + number
        if place == code:
            within[dimension, value] = inside
    return Counts(totals, within)


def totals_of_places(codes: Iterable[str]) -> dict[str, int]:
    """Place → how many listed initiatives reach it, for many places in one query."""
    gaz = gazetteer()
    wanted = list(codes)
    needed = {around for code in wanted for around in (code, *gaz.ancestors(code))}
    rows = PlaceCount.objects.filter(dimension=Dimension.ALL, place_id__in=needed)
    kept = {place: (within, declared) for place, within, declared in rows.values_list("place_id", "within", "declared")}
    return {
        code: kept.get(code, (0, 0))[0] + sum(kept.get(around, (0, 0))[1] for around in gaz.ancestors(code))
        for code in wanted
    }
