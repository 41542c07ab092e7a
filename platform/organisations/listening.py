"""What this room does when something is announced."""

from __future__ import annotations

from organisations.events import OrganisationEntered
from organisations.tasks import look_for_duplicates


def on_entered(event: OrganisationEntered) -> None:
    """Whoever decides about duplicates does not wait for the daily look."""
    look_for_duplicates.enqueue(event.id)
