"""What waits in an inbox."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from accounts.models import User
from notifications.models import Notice

MOST_COUNTED = 99


def unread_number(user: User) -> int:
    """How many lines are new: at most `MOST_COUNTED` + 1, so that a full inbox costs no more than a short one."""
    return Notice.objects.filter(user=user, read_at=None, in_inbox=True)[: MOST_COUNTED + 1].count()


def unread_numbers(users: Collection[int]) -> dict[int, int]:
    """The same of many people, each of whom is in the answer. One query."""
    rows = Notice.objects.filter(user__in=users, read_at=None, in_inbox=True).values("user")
    counted = dict(rows.annotate(number=Count("pk")).values_list("user", "number"))
    return {user: min(counted.get(user, 0), MOST_COUNTED + 1) for user in users}


def shown_number(number: int) -> str:
    """ "", "3", "99+"."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number or "")
