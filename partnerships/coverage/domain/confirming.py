"""Saying “I looked: nobody does this here”, and taking it back. What was said is kept for good."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.permissions import coordinates, forget_roles
from partnerships.coverage.domain.errors import NotAllowed, SomethingIsThere
from partnerships.coverage.domain.tallying import lock_numbers
from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.models import Closing, Confirmation
from partnerships.coverage.permissions import can_confirm
from partnerships.coverage.queries.tallies import named_in
from places.queries import PlaceFacts


def year_after(day: datetime.date) -> datetime.date:
    """The same day a year on; the 28th for the 29th of February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@transaction.atomic
def confirm_none(place: PlaceFacts, step: str, support: str, *, user: User, note: str) -> Confirmation:
    """Keep that nobody in this place gives this support at this step; `support` "": any at all. It stands for a year.

    Under the lock of the numbers, so that what starts at this very moment is either seen here or sees this. Raises
    NotAllowed, SomethingIsThere, and ValueError for what is no step or support.
    """
    if step not in STEPS or (support and support not in SUPPORTS):
        raise ValueError("no step or kind of support")
    lock_numbers()
    forget_roles(user)
    if not can_confirm(user, place.code):
        raise NotAllowed
    if there := named_in(place, step, support):
        raise SomethingIsThere(there)
    today = timezone.localdate()
    before = Confirmation.objects.filter(place=place.code, step=step, support=support, closed_at=None)
    before.update(closed_at=timezone.now(), closing=Closing.RENEWED.value, closed_by=str(user))
    role = _("Coordinator of %(place)s") % {"place": place.name} if coordinates(user, place.code) else _("Moderator")
    confirmation = Confirmation.objects.create(
        place_id=place.code,
        step=step,
        support=support,
        note=note,
        user=user,
        name=user.get_full_name() if user.name else role,
        role=role,
        lapses_on=year_after(today),
    )
    log(instance=confirmation, action="coverage.confirm", user=user)
    return confirmation


@transaction.atomic
def withdraw_confirmation(place: PlaceFacts, pk: int, *, user: User) -> bool:
    """Take back what stands; gives whether anything did. That it was said stays. Raises NotAllowed."""
    forget_roles(user)
    if not can_confirm(user, place.code):
        raise NotAllowed
    standing = Confirmation.objects.select_for_update().filter(place=place.code, pk=pk, closed_at=None).first()
    if standing is None:
        return False
    standing.closed_at, standing.closing = timezone.now(), Closing.WITHDRAWN.value
    standing.closed_by = user.name or _("a coordinator")
    standing.save(update_fields=["closed_at", "closing", "closed_by"])
    log(instance=standing, action="coverage.withdraw", user=user)
    return True
