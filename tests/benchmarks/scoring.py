"""How well what was given meets what is right."""

from __future__ import annotations

from collections.abc import Set
from typing import Any


def score(given: Set[Any], right: Set[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1, their harmonic mean; 0 where nothing right was given."""
    hits = len(given & right)
    if not hits:
        return 0.0, 0.0, 0.0
    precision, recall = hits / len(given), hits / len(right)
    return precision, recall, 2 * precision * recall / (precision + recall)
