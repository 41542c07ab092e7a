"""What this room announces, after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InboxChanged:
    """What is new in these people's inboxes is not what it was."""

    user_ids: tuple[int, ...]


@dataclass(frozen=True)
class AddressFailed:
    """E-mail to this address comes back, and is sent no more. `user_id`: whose it is, None for nobody's here."""

    address: str
    user_id: int | None
