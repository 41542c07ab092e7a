"""What becomes of saved searches when somebody closes their account."""

from __future__ import annotations

from accounts.leaving import Leaving
from search.models import SavedSearch


def close(leaving: Leaving) -> None:
    """They go, with all that they found; links that stopped them lead nowhere."""
    SavedSearch.objects.filter(owner=leaving.user).delete()
