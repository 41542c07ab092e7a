"""What somebody said counts no more once they have no say in the pair: they left, or their office ended."""

from __future__ import annotations

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from organisations.events import MembershipEnded
from partnerships.overlaps.domain.locking import lock_pair, stand_anew
from partnerships.overlaps.models import Judgement
from partnerships.overlaps.permissions import can_judge


def follow_leaving(event: MembershipEnded) -> None:
    lapse_judgements(event.user_id)


def lapse_judgements(user_id: int) -> int:
    """Ask of each pair they judged whether they still have a say. Gives of how many they have none any more."""
    counting = Judgement.objects.filter(user=user_id, counts=True).order_by("low", "high")
    pairs = list(counting.values_list("low", "high"))
    user = User.objects.filter(pk=user_id).first()
    return sum(_lapse(low, high, user) for low, high in pairs) if user else 0


def lapse_all() -> int:
    """Ask of everybody whose judgement counts: offices end, initiatives change hands and accounts are deleted without
    a word to this room. Gives how many judgements count no more."""
    counting = Judgement.objects.filter(counts=True)
    people = counting.filter(user__isnull=False).order_by("user").values_list("user", flat=True).distinct()
    ended = sum(lapse_judgements(pk) for pk in list(people))
    for pk, low, high in counting.filter(user=None).values_list("pk", "low", "high"):
        with transaction.atomic():
            lock_pair(low, high)
            Judgement.objects.filter(pk=pk).update(counts=False)
            stand_anew(low, high)
        ended += 1
    return ended


@transaction.atomic
def _lapse(low_id: int, high_id: int, user: User) -> bool:
    low, high = lock_pair(low_id, high_id)
    if can_judge(user, low, high):
        return False
    mine = Judgement.objects.filter(low=low, high=high, user=user, counts=True)
    judgement = mine.first()
    if judgement is None:
        return False
    mine.update(counts=False)
    log(instance=judgement, action="overlaps.lapse", data={"who": str(user), "verdict": judgement.verdict})
    stand_anew(low.pk, high.pk)
    return True
