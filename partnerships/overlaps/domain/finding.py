"""Finding the pairs of initiatives anew when one of them changed: in the background, once for each change."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial

import numpy as np
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from initiatives.models import Initiative
from partnerships.overlaps.candidates import NEIGHBOURS, OF_ONE_ORGANISATION, candidates, full_parts, strongest_first
from partnerships.overlaps.domain.agreeing import note_agreed
from partnerships.overlaps.domain.remembering import remember_told
from partnerships.overlaps.domain.standing import restand
from partnerships.overlaps.domain.wording import learn_words
from partnerships.overlaps.models import Judgement, Pair, Profile, Relation, Standing, Verdict
from partnerships.overlaps.parts import Numbers
from partnerships.overlaps.queries.weighing import current_weights
from partnerships.overlaps.reading import purposes_of_all
from partnerships.overlaps.relations import Weights, score
from partnerships.overlaps.shelf import Places, View, current_view
from partnerships.overlaps.traits import One
from search.domain.likening import neighbours

LEAST = 0.5  # a pair that is kept
KEPT = 10  # of one initiative, the strongest
BATCH = 100
Progress = Callable[[int, int], None]  # initiatives done, initiatives in all


@dataclass(frozen=True)
class Found:
    """What one initiative is to another. `parts` are said from the one's side."""

    other: int
    relation: str
    strength: float
    forward: bool  # of a next step: the one comes first
    on_record: bool
    scores: Mapping[str, float]
    parts: Mapping[str, float]


def find_due(progress: Progress = lambda done, total: None, *, within: float = float("inf")) -> int:
    """Find the pairs of every initiative that changed since; of as many as can be begun within so many seconds. Gives
    how many initiatives."""
    due = Profile.objects.filter(noted__gt=F("found"), changed_at__lte=timezone.now()).order_by("-changed_at", "pk")
    total, done, until = due.count(), 0, time.monotonic() + within
    if total:
        learn_words()
    while batch := list(due.values_list("pk", "noted")[:BATCH]):
        weights = current_weights()  # anew for each batch: they may be turned back meanwhile
        for pk, noted in batch:
            if time.monotonic() > until:
                return done
            keep(pk, noted, strongest(current_view(pk), pk, weights))
            done += 1
        progress(done, max(total, done))
    return done


def strongest(view: View, pk: int, weights: Weights) -> list[Found]:
    """The pairs of one initiative that are worth keeping, the strongest first."""
    here = view.where([pk])
    if not here:
        return []
    at = here[0]
    purpose = purposes_of_all(view, at)
    one = view.one(at)
    aside = _unrelated(pk)  # looked at again, for they may have changed, and never instead of others
    where = candidates(
        view, one, weights, partial(neighbours, pk, limit=NEIGHBOURS), purpose, without=view.where(aside)
    )
    known = view.where(_pairs_before(pk).keys() | aside)  # the former found from the other side
    known = [other for other in known if view.rows["lead"][other] != one.row["lead"]]  # come into one hand since
    where = np.unique(np.concatenate([where, np.array(known, dtype=np.intp)]))
    return judge(view, one, where, purpose[where], weights, beside=aside) if len(where) else []


def judge(
    view: View,
    one: One,
    where: Places,
    purpose: Numbers,
    weights: Weights,
    *,
    most: int | None = None,
    beside: Set[int] = frozenset(),
) -> list[Found]:
    """Score the rows `where` in full: those worth keeping, the strongest first, few of any one organisation, not
    counting those `beside`."""
    rows = view.rows
    pks = [int(pk) for pk in rows["pk"][where]]
    parts = full_parts(view, one, where, purpose)
    scored = score(parts, weights)
    strength, relation = scored.best()
    own, nexts = int(one.row["pk"]), one.sets.next_ones
    found: list[Found] = []
    leads: dict[int, int] = {}
    for which in strongest_first(strength, own, rows["pk"][where]):
        lead, other = int(rows["lead"][where[which]]), pks[which]
        ahead, behind = other in nexts, own in view.sets[where[which]].next_ones
        if strength[which] < LEAST and not (ahead or behind):
            continue
        if other not in beside:
            if leads.get(lead, 0) == OF_ONE_ORGANISATION:
                continue
            leads[lead] = leads.get(lead, 0) + 1
        found.append(
            Found(
                other,
                Relation.values[relation[which]] if not (ahead or behind) else Relation.NEXT_STEP.value,
                float(strength[which]),
                bool(scored.forward[which]) if not (ahead or behind) else ahead,
                ahead or behind,
                {name: round(float(scores[which]), 3) for name, scores in scored.scores.items()},
                {name: round(float(part[which]), 3) for name, part in parts.items()},
            )
        )
        if len(found) == most:
            break
    return found


def _pairs_before(pk: int) -> dict[int, int]:
    """What was kept before: the other side → the pair."""
    rows = Pair.objects.filter(Q(low=pk) | Q(high=pk)).values_list("pk", "low", "high")
    return {high if low == pk else low: key for key, low, high in rows}


def _unrelated(pk: int) -> set[int]:
    """Those of which somebody said that they are not related to it."""
    rows = Judgement.objects.filter(Q(low=pk) | Q(high=pk), counts=True, verdict=Verdict.UNRELATED)
    return {high if low == pk else low for low, high in rows.values_list("low", "high")}


@transaction.atomic
def keep(pk: int, noted: int, found: Sequence[Found]) -> None:
    """Replace the pairs of one initiative; a pair that the other side keeps stays with what is now true of it.

    Initiatives are locked in the order of their ids, so that two who do this at once do not wait for each other.
    """
    others = sorted({one.other for one in found})
    here = set(
        Initiative.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[pk, *others])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    here &= set(Profile.objects.filter(pk__in=here).values_list("pk", flat=True))  # one may have ended meanwhile
    if pk not in here:
        Profile.objects.filter(pk=pk).update(found=noted)
        return
    now = timezone.now()
    before = _pairs_before(pk)
    every = {one.other: _pair(pk, one, now) for one in found if one.other in here}
    restand(list(every.values()))
    aside = [other for other, pair in every.items() if pair.standing == Standing.SET_ASIDE]  # takes nobody's place
    live = [one for one in found if one.other in every and one.other not in aside]
    live = [*live[:KEPT], *_kept_by_others(pk, live[KEPT:], set(before))]
    kept = dict.fromkeys([*(one.other for one in live), *aside])
    Pair.objects.filter(pk__in=[key for other, key in before.items() if other not in kept]).delete()
    pairs = [every[other] for other in kept]
    remember_told(pairs)
    note_agreed(pairs)
    Pair.objects.bulk_create(
        pairs,
        update_conflicts=True,
        unique_fields=["low", "high"],
        update_fields=[
            *(
                "relation",
                "strength",
                "forward",
                "on_record",
                "scores",
                "parts",
                "standing",
                "agreed",
                "changed",
                "found_at",
            )
        ],
    )
    Profile.objects.filter(pk=pk).update(found=noted)


def _kept_by_others(pk: int, weaker: Sequence[Found], before: Set[int]) -> list[Found]:
    """Those that are among the strongest of the other side, though not of this one."""
    others = {one.other for one in weaker} & before
    strengths: dict[int, list[float]] = {other: [] for other in others}
    rows = Pair.objects.filter(Q(low__in=others) | Q(high__in=others)).exclude(Q(low=pk) | Q(high=pk))
    rows = rows.exclude(standing=Standing.SET_ASIDE)
    for low, high, strength in rows.values_list("low", "high", "strength") if others else ():
        for side in (low, high):
            if side in others:
                strengths[side].append(strength)
    return [
        one
        for one in weaker
        if one.other in others and sum(strength > one.strength for strength in strengths[one.other]) < KEPT
    ]


def _pair(pk: int, one: Found, now: datetime.datetime) -> Pair:
    """As it is kept: said from the side of the smaller id."""
    is_low = pk < one.other
    parts = dict(one.parts)
    if not is_low:
        parts["follows"], parts["precedes"] = parts["precedes"], parts["follows"]
    return Pair(
        low_id=min(pk, one.other),
        high_id=max(pk, one.other),
        relation=one.relation,
        strength=one.strength,
        forward=one.forward if is_low else not one.forward,
        on_record=one.on_record,
        scores=dict(one.scores),
        parts=parts,
        found_at=now,
    )
