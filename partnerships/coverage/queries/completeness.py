"""How much of a place's world is registered here: against what the public registers name there.

Counted anew each hour, or when a register was loaded: whoever reads a place may wait for it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max
from django.urls import reverse

from organisations.models import Organisation, RegisterEntry, RegisterLoad
from organisations.registers.readers import REGISTERS
from places.queries import UK_CODE, gazetteer
from texts.vocabulary import OrganisationKind, label_of

HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Registered:
    """One kind of organisation: how many the registers name in the places, and how many of these are here."""

    kind: str
    label: str
    here: int
    named: int
    url: str  # of those that are here; "" where no list has just these

    @property
    def missing(self) -> int:
        return self.named - self.here


@dataclass(frozen=True)
class Completeness:
    rows: Sequence[Registered]
    others: int  # organisations here that no register we read would name

    @property
    def here(self) -> int:
        return sum(row.here for row in self.rows)

    @property
    def named(self) -> int:
        return sum(row.named for row in self.rows)


def completeness(codes: Sequence[str], slug: str = "") -> Completeness:
    """Of places of any kind, each kind of organisation once. `slug`: the place to which its lists belong; none for a
    set of places."""
    last = RegisterLoad.objects.aggregate(last=Max("pk"))["last"]
    key = f"coverage:complete:{last}:{'-'.join(sorted(codes))}"
    kept = cache.get(key) if len(key) < 200 else None
    if kept is None:
        kept = _counted(codes)
        if len(key) < 200:
            cache.set(key, kept, HOUR)
    by_kind, others = kept
    every = f"{reverse('organisations')}?place={slug}&kind=" if slug else ""
    rows = [
        Registered(kind, label_of(OrganisationKind, kind), here, named, every and f"{every}{kind}")
        for kind, here, named in by_kind
    ]
    return Completeness(rows, others)


def registered_each() -> Mapping[str, tuple[int, int]]:
    """Council area → how many organisations the public registers name there, and how many of these are here. Three
    queries, once an hour."""
    last = RegisterLoad.objects.aggregate(last=Max("pk"))["last"]
    key = f"coverage:registered-each:{last}"
    kept: Mapping[str, tuple[int, int]] | None = cache.get(key)
    if kept is None:
        open_ones = RegisterEntry.objects.filter(closed_on=None).exclude(place=None).order_by()
        named = dict(open_ones.values_list("place_id").annotate(number=Count("pk")))
        here = _here_by("place_id")
        kept = {code: (number, here.get(code, 0)) for code, number in named.items()}
        cache.set(key, kept, HOUR)
    return kept


def _counted(codes: Sequence[str]) -> tuple[list[tuple[str, int, int]], int]:
    gaz = gazetteer()
    areas = sorted({area for code in codes for area in gaz.authorities_in(code)})
    whole = UK_CODE in codes
    open_ones = RegisterEntry.objects.filter(closed_on=None)
    there = Organisation.objects.filter(is_public=True)
    if not whole:
        open_ones, there = open_ones.filter(place__in=areas), there.filter(place__in=areas)
    named = dict(open_ones.order_by().values_list("register").annotate(number=Count("pk")))
    here = _here(areas, whole=whole)
    kinds: dict[str, tuple[int, int]] = {}
    for name, register in REGISTERS.items():
        before = kinds.get(register.organisation_kind, (0, 0))
        number = (before[0] + here.get(name, 0), before[1] + named.get(name, 0))
        kinds[register.organisation_kind] = number
    rows = [(kind, *kinds[kind]) for kind in OrganisationKind.values if kinds.get(kind, (0, 0))[1]]
    return rows, max(0, there.count() - sum(number for _kind, number, _named in rows))


def _here(areas: Sequence[str], *, whole: bool) -> dict[str, int]:
    """Register → how many of its open entries belong to an organisation that everyone can see here."""
    return _here_by("register", [] if whole else areas)


def _here_by(column: Literal["register", "place_id"], areas: Sequence[str] = ()) -> dict[str, int]:
    """The same by a column of the register's entries; of all places where none is named."""
    where = f" AND e.place_id IN ({', '.join(['%s'] * len(areas))})" if areas else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.{column}, COUNT(DISTINCT e.id) FROM organisations_identifier i "  # noqa: S608  our own names only
            "JOIN organisations_organisation o ON o.id = i.organisation_id AND o.is_public "
            "JOIN organisations_registerentry e ON e.number = i.value AND e.scheme = i.scheme "
            f"WHERE e.closed_on IS NULL{where} GROUP BY e.{column}",
            list(areas),
        )
        return dict(cursor.fetchall())
