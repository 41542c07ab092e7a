"""What becomes of what somebody confirmed when they close their account: it stands, and does not say who looked."""

from __future__ import annotations

from accounts.leaving import Leaving
from accounts.models import left
from partnerships.coverage.models import Confirmation


def close(leaving: Leaving) -> None:
    """Rows keep names as they were; a name that took one back has no other trace than itself."""
    Confirmation.objects.filter(user=leaving.user).update(name=left())
    Confirmation.objects.filter(closed_by=leaving.name).update(closed_by=left())
