"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TogetherChanged:
    """Which initiatives a partnership in force names changed: these began, or no longer, to work together. Told within
    the change; where a last day has passed, within a day."""

    initiatives: tuple[int, ...]
