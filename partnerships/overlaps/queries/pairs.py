"""Which pairs there are: of an initiative, of an organisation, in a place."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from initiatives.models import ReachedPlace
from initiatives.queries.listed import listed
from partnerships.overlaps.models import Pair, Relation, Standing
from partnerships.queries.together import names_both
from places.queries import UK_CODE, gazetteer


def open_pairs() -> QuerySet[Pair]:
    """Those that nobody set aside, the strongest first."""
    return Pair.objects.exclude(standing=Standing.SET_ASIDE).order_by("-strength", "pk")


def pairs_of(pks: Iterable[int]) -> QuerySet[Pair]:
    """The open pairs of these initiatives."""
    some = list(pks)
    return open_pairs().filter(Q(low__in=some) | Q(high__in=some))


def pairs_of_organisation(pk: int) -> QuerySet[Pair]:
    led = listed().filter(lead_organisation=pk)
    return pairs_of(led.values_list("pk", flat=True)[:500])


def pairs_in(code: str, *, every: bool = False) -> QuerySet[Pair]:
    """Pairs of which one lies within a place and the other reaches it; `every`: those set aside, too."""
    rows = Pair.objects.order_by("-strength", "pk") if every else open_pairs()
    if code == UK_CODE:
        return rows
    here = ReachedPlace.objects.filter(place=code).values("initiative")
    around = gazetteer().ancestors(code)
    reaching = ReachedPlace.objects.filter(Q(place=code) | Q(place__in=around, declared=True)).values("initiative")
    first = Pair.objects.filter(low__in=here, high__in=reaching).order_by().values("pk")
    second = Pair.objects.filter(high__in=here, low__in=reaching).order_by().values("pk")
    return rows.filter(pk__in=first.union(second))


def overlaps_in(code: str) -> QuerySet[Pair]:
    """Those who do the same there."""
    return pairs_in(code).filter(relation=Relation.OVERLAP)


def missing_handovers_in(code: str) -> QuerySet[Pair]:
    """Hand-overs that could exist there: next steps that nobody put on record. A pair of a private partnership stays:
    everyone reads this, and its going would tell of it."""
    rows = pairs_in(code).filter(relation=Relation.NEXT_STEP, on_record=False)
    unknown = Q(agreed=False) | ~names_both("low", "high", public=True)
    return rows.filter(unknown).exclude(standing=Standing.TOGETHER)
