"""What this room does when something happens in it, within the same transaction."""

from __future__ import annotations

from notifications.announcing import subscribe
from organisations.domain.claiming import follow_owner, follow_website
from organisations.events import OrganisationsChanged, OwnerLeft


def subscribe_all() -> None:
    subscribe(OrganisationsChanged, follow_website)
    subscribe(OwnerLeft, follow_owner)
