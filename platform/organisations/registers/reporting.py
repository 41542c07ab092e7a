"""What the moderators' page of register loads shows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from organisations.models import RegisterEntry, RegisterKind, RegisterLoad


@dataclass(frozen=True)
class Standing:
    """One register as it is here now: how many entries are open and closed, and the day that its file speaks for."""

    label: str
    open: int
    closed: int
    as_of: datetime.date | None


def standings() -> list[Standing]:
    """Every kind of register, read or not: two queries."""
    counts = RegisterEntry.objects.order_by().values("register")
    of = {row["register"]: row for row in counts.annotate(open=Count("pk", filter=Q(closed_on=None)), all=Count("pk"))}
    finished = RegisterLoad.objects.order_by().exclude(finished_at=None).values_list("register")
    days = dict(finished.annotate(day=Max("as_of")))
    none = {"open": 0, "all": 0}
    rows = [(str(kind.label), of.get(kind.value, none), days.get(kind.value)) for kind in RegisterKind]
    return [Standing(label, row["open"], row["all"] - row["open"], day) for label, row, day in rows]


def loads() -> QuerySet[RegisterLoad]:
    """Every load that was tried, the last first."""
    return RegisterLoad.objects.order_by("-pk")


@dataclass(frozen=True)
class Told:
    """A load with what it left out: the remarks that were kept, and how many more there were."""

    load: RegisterLoad
    remarks: Sequence[tuple[int, str]]
    more: int


def told(load: RegisterLoad) -> Told:
    remarks = [(line, sentence) for line, sentence in load.remarks]
    return Told(load, remarks, max(0, load.refused + load.doubled - len(remarks)))
