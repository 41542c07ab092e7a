"""What this room does when something happens below."""

from __future__ import annotations

from notifications.announcing import subscribe
from organisations.events import MembershipEnded, RoleChanged
from partnerships.domain.following import settle_waiting


def subscribe_all() -> None:
    subscribe(MembershipEnded, follow_leaving)
    subscribe(RoleChanged, follow_role)


def follow_leaving(event: MembershipEnded) -> None:
    """Who left may have been the last to speak for a party that an amendment leaves out."""
    settle_waiting(event.organisation_id)


def follow_role(event: RoleChanged) -> None:
    """The same of who is a member now and no more: they speak for it no longer."""
    settle_waiting(event.organisation_id)
