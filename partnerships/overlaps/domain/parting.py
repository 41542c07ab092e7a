"""What becomes of what somebody said about pairs when they close their account."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from accounts.leaving import Leaving
from partnerships.overlaps.domain.lapsing import lapse_judgements


def close(leaving: Leaving) -> None:
    """It stays on record without a name, and counts no more: whoever has left has no say."""
    transaction.on_commit(partial(lapse_judgements, leaving.user.pk), robust=True)
