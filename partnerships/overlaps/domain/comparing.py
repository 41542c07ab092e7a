"""What two initiatives have in common at this moment, whether the finder keeps them as a pair or not."""

from __future__ import annotations

import numpy as np

from partnerships.overlaps.candidates import full_parts
from partnerships.overlaps.models import Profile
from partnerships.overlaps.shelf import view_of
from partnerships.overlaps.texts import purposes


def parts_between(low: int, high: int) -> dict[str, float]:
    """The parts of two listed initiatives, said from the first one's side; empty where either has no profile."""
    view = view_of(Profile.objects.filter(pk__in=(low, high)))
    both = view.where((low, high))
    if len(both) < 2:
        return {}
    one, other = both
    parts = full_parts(view, view.one(one), np.array([other]), purposes(low, [high]))
    return {name: round(float(part[0]), 3) for name, part in parts.items()}
