"""What this room does when something happens below."""

from __future__ import annotations

from notifications.announcing import subscribe
from organisations.events import MembershipEnded
from partnerships.domain.following import settle_waiting


def subscribe_all() -> None:
    subscribe(MembershipEnded, follow_leaving)


def follow_leaving(event: MembershipEnded) -> None:
    """Who left may have been the last to speak for a party that an amendment leaves out."""
    settle_waiting(event.organisation_id)
