"""Which initiatives work together already: those that one partnership in force names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from partnerships.models import Partnership, VersionInitiative
from partnerships.permissions import Person, seen_partnerships

Pair = tuple[int, int]  # ids of two initiatives, in either order


def working_together(pairs: Collection[Pair], *, public: bool = False, reader: Person = None) -> set[Pair]:
    """Of these pairs those that a partnership in force names both of. One query however many, none for none.

    `public`: only partnerships with a public summary; what everyone reads must not tell of the others. `reader`: only
    those that this person may see.
    """
    named: defaultdict[int, set[int]] = defaultdict(set)
    wanted = {pk for pair in pairs for pk in pair}
    if wanted:
        rows = _named(public=public, reader=reader).filter(initiative__in=wanted)
        for initiative, version in rows.values_list("initiative_id", "version_id"):
            named[initiative].add(version)
    return {pair for pair in pairs if pair[0] != pair[1] and not named[pair[0]].isdisjoint(named[pair[1]])}


def working_with(initiative: int, *, public: bool = False) -> set[int]:
    """The other initiatives that partnerships in force name beside this one. One query. `public`: as above."""
    beside = _named(public=public).filter(initiative=initiative).values("version")
    rows = _named(public=public).filter(version__in=beside).exclude(initiative=initiative)
    return set(rows.values_list("initiative_id", flat=True))


def names_both(low: str, high: str, *, public: bool = False, reader: Person = None) -> Exists:
    """The same as a condition, on rows that have the two in fields of these names."""
    beside = VersionInitiative.objects.filter(version=OuterRef("version"), initiative=OuterRef(OuterRef(high)))
    return Exists(_named(public=public, reader=reader).filter(Exists(beside), initiative=OuterRef(low)))


def _named(*, public: bool, reader: Person = None) -> QuerySet[Any]:
    """Rows of initiative and version, of versions in force today; what all agreed to and begins later counts too."""
    running = Q(stands__ends_on=None) | Q(stands__ends_on__gte=timezone.localdate())
    in_force = Partnership.objects.filter(running, closed_at=None, in_force_at__isnull=False)
    if public:
        in_force = in_force.filter(is_public=True)
    if reader is not None:
        in_force = in_force.filter(pk__in=seen_partnerships(reader).values("pk"))
    rows: QuerySet[Any] = VersionInitiative.objects.filter(version__in=in_force.values("stands"))
    return rows
