"""Saying what two initiatives are to each other, and taking it back. What was said before is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.permissions import forget_roles
from organisations.permissions import forget_memberships
from partnerships.overlaps.domain.comparing import parts_between
from partnerships.overlaps.domain.errors import NotAllowed, NotListed
from partnerships.overlaps.domain.lapsing import lapse_judgements
from partnerships.overlaps.domain.locking import lock_pair, stand_anew
from partnerships.overlaps.models import Judgement, Verdict
from partnerships.overlaps.permissions import can_judge, judges_for
from partnerships.overlaps.texts import is_learnt


@transaction.atomic
def judge_pair(
    low_id: int,
    high_id: int,
    *,
    user: User,
    verdict: str,
    note: str = "",
    forward: bool | None = None,
    parts: Mapping[str, float] | None = None,
) -> Judgement:
    """Keep what this person says of the two, with their parts as they are now; it counts instead of what they said
    before. Said twice, it is kept once. `forward`: of a next step, the smaller id comes first. `parts`: where somebody
    has them already, from the smaller id's side.

    Raises NotAllowed, NotListed, and ValueError for a verdict that is none and a next step that does not say which
    comes first.
    """
    verdict = Verdict(verdict).value
    if (verdict == Verdict.NEXT_STEP) != (forward is not None):
        raise ValueError("a next step, and nothing else, says which comes first")
    low, high = lock_pair(low_id, high_id)
    forget_memberships(user)  # they may have left since the page was asked for
    forget_roles(user)
    if not can_judge(user, low, high):
        raise NotAllowed
    if not (low.is_listed and high.is_listed):
        raise NotListed
    now = dict(parts) if parts is not None else parts_between(low.pk, high.pk)
    if parts is None and not is_learnt():  # a likeness by guess is none to compare with later
        now.pop("purpose", None)
    mine = Judgement.objects.filter(low=low, high=high, user=user, counts=True)
    before = mine.first()
    if before and (before.verdict, before.forward, before.note, before.parts) == (verdict, forward, note, now):
        return before
    mine.update(counts=False)
    behalf = judges_for(user, low, high)
    judgement = Judgement.objects.create(
        low=low,
        high=high,
        verdict=verdict,
        forward=forward,
        user=user,
        organisation=behalf,
        behalf=behalf.name if behalf else "",
        note=note,
        parts=now,
    )
    log(instance=judgement, action="overlaps.judge", user=user, data={"verdict": verdict})
    stand_anew(low.pk, high.pk, now)
    # Whoever leaves at this very moment is asked about again once both are committed.
    transaction.on_commit(partial(lapse_judgements, user.pk), robust=True)
    return judgement


@transaction.atomic
def withdraw_judgement(low_id: int, high_id: int, *, user: User) -> bool:
    """Take back what this person said; gives whether there was anything. The record that it was said stays."""
    lock_pair(low_id, high_id)
    mine = Judgement.objects.filter(low=min(low_id, high_id), high=max(low_id, high_id), user=user, counts=True)
    judgement = mine.first()
    if judgement is None:
        return False
    mine.update(counts=False)
    log(instance=judgement, action="overlaps.withdraw", user=user, data={"verdict": judgement.verdict})
    stand_anew(judgement.low_id, judgement.high_id)
    return True
