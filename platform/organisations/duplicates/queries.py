"""What the moderators' page of duplicates shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.duplicates.reasons import sentences
from organisations.models import UNDONE_WITHIN, DuplicateProposal, Merge, Merging, Organisation

_Merging = TypeVar("_Merging", bound=Merging)


@dataclass(frozen=True)
class Fact:
    """One thing that both say, or one of them."""

    label: str
    first: str
    second: str


@dataclass(frozen=True)
class Proposed:
    """A proposal with its reasons in words and both organisations side by side."""

    proposal: DuplicateProposal
    reasons: Sequence[str]
    first: Organisation
    second: Organisation
    facts: Sequence[Fact]


def proposals(state: str) -> QuerySet[DuplicateProposal]:
    """The proposals of a state: what a rule found before what the matcher did."""
    return DuplicateProposal.objects.filter(state=state).order_by("-probability", "pk")


def how_many_duplicates() -> int:
    """How many proposals wait for a moderator."""
    return proposals(DuplicateProposal.State.OPEN).count()


def merges_to_undo(model: type[_Merging]) -> QuerySet[_Merging]:
    """What was merged within the days in which it can be undone, the last first: organisations or, of a room above,
    other things."""
    rows = model._default_manager.filter(undone_at=None, merged_at__gt=timezone.now() - UNDONE_WITHIN)
    return rows.select_related("kept", "gone", "merged_by").order_by("-merged_at", "-pk")


def merged_into(one: Organisation) -> Organisation | None:
    """The organisation that this one is now part of, at the end of the line; None for one that stands by itself."""
    found = None
    while (merge := Merge.objects.filter(gone=found or one, undone_at=None).select_related("kept").first()) is not None:
        found = merge.kept
    return found


def side_by_side(rows: Sequence[DuplicateProposal]) -> list[Proposed]:
    """Three queries for any number of rows."""
    pks = {pk for row in rows for pk in (row.first_id, row.second_id)}
    organisations = Organisation.objects.select_related("place").prefetch_related("identifiers")
    of = organisations.annotate(people=Count("memberships")).in_bulk(pks)

    def shown(row: DuplicateProposal) -> Proposed:
        first, second = of[row.first_id], of[row.second_id]
        said = zip(_said(first), _said(second), strict=True)
        facts = [Fact(label, mine, theirs) for (label, mine), (_label, theirs) in said if mine or theirs]
        return Proposed(row, sentences(row.reasons), first, second, facts)

    return [shown(row) for row in rows]


def _said(one: Organisation) -> list[tuple[str, str]]:
    where = ", ".join(part for part in (one.postcode, one.place.name if one.place else "") if part)
    return [
        (_("Kind"), one.get_kind_display()),
        (_("Where"), where),
        (_("Website"), one.website),
        (_("Numbers"), "; ".join(sorted(f"{n.get_scheme_display()}: {n.value}" for n in one.identifiers.all()))),
        (_("People"), str(one.people)),  # type: ignore[attr-defined]  # counted with the row
        (_("From"), one.source),
        (_("Since"), date_format(one.created_at, "j M Y")),
    ]
