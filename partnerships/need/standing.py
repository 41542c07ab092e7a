"""Where a place stands among others of its kind: a rank, and a share of need from nought (least) to one (most)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from partnerships.need.description import Description
from partnerships.need.mapping import LEAST_KNOWN, Mapped
from partnerships.need.means import weighted_mean
from partnerships.need.models import Direction, How
from places.models import PlaceKind
from places.queries import UK_CODE, Gazetteer, PlaceFacts

_DIGITS = 9  # numbers that differ less are the same


@dataclass(frozen=True, slots=True)
class Standing:
    """A place's value with what it means among others: 1 is the rank most in need, a share of 1 is, too."""

    mapped: Mapped
    rank: int
    of: int
    tied: bool
    share: float


def standings(values: Mapping[str, Mapped], description: Description, gaz: Gazetteer) -> dict[str, Standing]:
    """Every council area that has a value, and every larger place of which enough is known, by code."""
    found = _ranked(values, description, gaz)
    larger: dict[str, Mapped] = {}
    shares: dict[str, float] = {}
    for place in gaz.places:
        if not place.is_authority and (place.code != UK_CODE or description.across_nations):
            mean = _mean_inside(place, found, gaz)
            if mean is not None:
                larger[place.code], shares[place.code] = mean
    for code, standing in _ranked(larger, description, gaz).items():
        found[code] = replace(standing, share=shares[code])
    return found


def _mean_inside(place: PlaceFacts, found: Mapping[str, Standing], gaz: Gazetteer) -> tuple[Mapped, float] | None:
    """The mean of its council areas by people, of value and share; None where less than half is known."""
    inside = gaz.authorities_in(place.code)
    people = {code: float(gaz[code].population or 0) for code in inside}
    known = [code for code in inside if code in found]
    everyone = sum(people.values())
    share_known = sum(people[code] * found[code].mapped.known for code in known) / everyone if everyone else 0.0
    if share_known < LEAST_KNOWN:
        return None
    weights = [people[code] for code in known]
    value = weighted_mean([found[code].mapped.value for code in known], weights)
    share = weighted_mean([found[code].share for code in known], weights)
    return Mapped(value, How.INSIDE, tuple(gaz[code].name for code in known), min(1.0, share_known)), share


def nation_of(code: str, gaz: Gazetteer) -> str:
    """The nation a place is or lies in; empty for the United Kingdom."""
    chain = (code, *gaz.ancestors(code))
    return next((one for one in chain if gaz[one].kind == PlaceKind.NATION), "")


def _ranked(values: Mapping[str, Mapped], description: Description, gaz: Gazetteer) -> dict[str, Standing]:
    """Each place among those of its kind: of all nations where they compare, else of its own."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in values:
        groups[gaz[code].kind, "" if description.across_nations else nation_of(code, gaz)].append(code)
    sign = 1 if description.higher_is == Direction.WORSE else -1
    found: dict[str, Standing] = {}
    for codes in groups.values():
        needs = {code: round(sign * values[code].value, _DIGITS) for code in codes}
        rising = sorted(needs.values())
        for code, need in needs.items():
            below, upto = bisect_left(rising, need), bisect_right(rising, need)
            same = upto - below
            share = (below + (same - 1) / 2) / (len(rising) - 1) if len(rising) > 1 else 0.5
            found[code] = Standing(values[code], len(rising) - upto + 1, len(rising), same > 1, share)
    return found
