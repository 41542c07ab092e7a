"""Places are reference data and real: tests name one instead of making one up."""

from __future__ import annotations

from places.models import Place


def place(slug: str = "middlesbrough") -> Place:
    """The place at an address, "middlesbrough" unless another is named."""
    return Place.objects.get(slug=slug)
