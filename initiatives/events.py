"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class InitiativesChanged:
    """What everyone may read of these initiatives changed, or they are no longer public. Told within the change."""

    ids: tuple[int, ...]
