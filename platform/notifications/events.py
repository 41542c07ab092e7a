"""What this room announces, after the commit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InboxChanged:
    """What is new in these people's inboxes is not what it was."""

    user_ids: tuple[int, ...]
