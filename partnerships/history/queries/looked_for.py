"""What was looked for in a place and not found, in the last twelve months: only what at least five searches asked for.

Shown are steps of five, each of one cell as it was counted, and no sums. Who reads them adds nothing to them by their
own searches; that a number passed a multiple of five since yesterday can still be seen, as can what friends did.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from partnerships.coverage.grid import STEP_AT, SUPPORT_AT
from partnerships.coverage.queries.confirmed import confirmed_each
from partnerships.coverage.words import step_label, support_label
from places.queries import UK_CODE, PlaceFacts, gazetteer
from search.models import MissedSearch
from texts.months import month_of, months_before

LEAST = 5
MONTHS = 12
MOST_ROWS = 60


@dataclass(frozen=True)
class LookedFor:
    """`at_least`: a multiple of five."""

    place: PlaceFacts
    step: str
    support: str
    step_label: str
    support_label: str
    at_least: int
    url: str  # the list that is empty, or is not any more
    confirm_url: str  # where it can be said that nobody does it; empty of what has no step, or is said already
    confirmed: bool  # a coordinator said so, and it stands


@dataclass(frozen=True)
class Missed:
    own: Sequence[LookedFor]
    inside: Sequence[LookedFor]  # of council areas in it, each by itself


def looked_for(place: PlaceFacts) -> Missed:
    """The most asked for first. Two queries."""
    gaz = gazetteer()
    codes = {place.code: place.code, **{code: code for code in gaz.authorities_in(place.code)}}
    if place.code == UK_CODE:
        codes[""] = UK_CODE  # who names no place asks for the whole UK
    rows = MissedSearch.objects.filter(
        place_code__in=codes, month__gt=months_before(month_of(timezone.localdate()), MONTHS)
    ).order_by()
    summed = rows.values_list("place_code", "step", "support").annotate(number=Sum("count")).filter(number__gte=LEAST)
    said = confirmed_each(set(codes.values()), timezone.localdate())
    found = [
        _row(gaz[codes[code]], step, support, number, said)
        for code, step, support, number in summed
        if step in STEP_AT and support in SUPPORT_AT
    ]
    found.sort(key=lambda one: (-one.at_least, STEP_AT[one.step], SUPPORT_AT[one.support], one.place.name))
    own = [one for one in found if one.place.code == place.code]
    return Missed(own[:MOST_ROWS], [one for one in found if one.place.code != place.code][:MOST_ROWS])


def _row(place: PlaceFacts, step: str, support: str, number: int, said: Collection[tuple[str, str, str]]) -> LookedFor:
    asked = {name: value for name, value in (("step", step), ("support", support)) if value}
    url = reverse("journey-list", args=[place.slug]) + (f"?{urlencode(asked)}" if asked else "")
    at_least = number // LEAST * LEAST
    confirmed = (place.code, step, support) in said or (place.code, step, "") in said
    confirm = f"{reverse('journey-confirm', args=[place.slug])}?{urlencode(asked)}" if step and not confirmed else ""
    return LookedFor(place, step, support, step_label(step), support_label(support), at_least, url, confirm, confirmed)
