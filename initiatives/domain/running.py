"""What happens to a public initiative: paused, ended, reopened, confirmed. Its editors decide; nobody must clear it."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.freshening import freshen
from initiatives.domain.listing import relist
from initiatives.domain.locking import lock
from initiatives.events import InitiativesChanged
from initiatives.models import Initiative, Status
from initiatives.permissions import can_change_status
from notifications.announcing import announce_within


@transaction.atomic
def _change(initiative: Initiative, user: User, status: Status, action: str, *, may_be: tuple[Status, ...]) -> None:
    locked = lock(initiative)
    if not can_change_status(user, locked):
        raise NotAllowed
    if locked.status == status:
        return  # posted twice
    if locked.status not in may_be:
        raise InitiativeError(
            _("It is marked as “%(status)s”, so this cannot be done now.") % {"status": locked.get_status_display()}
        )
    now = timezone.now()
    ended_on = timezone.localdate() if status == Status.ENDED else None
    Initiative.objects.filter(pk=locked.pk).update(status=status, ended_on=ended_on, confirmed_at=now)
    log(instance=locked, action=action, user=user)
    freshen(locked)
    relist([locked.pk])


def pause_initiative(initiative: Initiative, *, user: User) -> None:
    """Say that it takes a break. Raises NotAllowed, InitiativeError."""
    _change(initiative, user, Status.PAUSED, "initiatives.pause", may_be=(Status.RUNNING,))


def end_initiative(initiative: Initiative, *, user: User) -> None:
    """Say that it is over: it leaves the lists, its page stays. Raises NotAllowed, InitiativeError."""
    _change(initiative, user, Status.ENDED, "initiatives.end", may_be=(Status.RUNNING, Status.PAUSED))


def reopen_initiative(initiative: Initiative, *, user: User) -> None:
    """Say that it runs again. Raises NotAllowed, InitiativeError."""
    _change(initiative, user, Status.RUNNING, "initiatives.reopen", may_be=(Status.PAUSED, Status.ENDED))


@transaction.atomic
def confirm_running(initiative: Initiative, *, user: User) -> None:
    """Say "still running" today. Raises NotAllowed."""
    locked = lock(initiative)
    if not can_change_status(user, locked):
        raise NotAllowed
    Initiative.objects.filter(pk=locked.pk).update(confirmed_at=timezone.now())
    log(instance=locked, action="initiatives.confirm", user=user, data={"freshness": locked.freshness})
    freshen(locked)
    announce_within(InitiativesChanged((locked.pk,)))


@transaction.atomic
def end_what_is_over(today: datetime.date) -> int:
    """End the initiatives, running or paused, whose last day has passed. Gives how many; asked daily."""
    over = Initiative.objects.filter(status__in=(Status.RUNNING, Status.PAUSED), live=True, ends_on__lt=today)
    ids = list(over.select_for_update(of=("self",)).values_list("pk", flat=True))
    for initiative in Initiative.objects.filter(pk__in=ids):
        log(instance=initiative, action="initiatives.end", data={"because": "its last day has passed"})
    Initiative.objects.filter(pk__in=ids).update(status=Status.ENDED, ended_on=today)
    relist(ids)
    return len(ids)
