"""What this room announces."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationChanged:
    """An organisation's public facts changed: its name, its kind or its place."""

    organisation_id: int
