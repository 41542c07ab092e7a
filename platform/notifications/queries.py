"""What waits in an inbox."""

from __future__ import annotations

from accounts.models import User
from notifications.models import Notice

MOST_COUNTED = 99


def unread_number(user: User) -> int:
    """How many lines are new: at most `MOST_COUNTED` + 1, so that a full inbox costs no more than a short one."""
    return Notice.objects.filter(user=user, read_at=None)[: MOST_COUNTED + 1].count()
