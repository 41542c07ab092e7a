"""What becomes of the places somebody keeps an eye on when they close their account."""

from __future__ import annotations

from accounts.leaving import Leaving
from partnerships.history.models import Watch


def close(leaving: Leaving) -> None:
    Watch.objects.filter(user=leaving.user).delete()
