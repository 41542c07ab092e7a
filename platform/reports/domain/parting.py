"""What becomes of reports when somebody closes their account: they stay, without who made or decided them."""

from __future__ import annotations

from accounts.leaving import Leaving
from reports.models import PageReport


def close(leaving: Leaving) -> None:
    """An address that they left as a visitor goes too."""
    PageReport.objects.filter(email__in=leaving.addresses).update(email="")
