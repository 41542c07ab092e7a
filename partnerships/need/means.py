"""Means weighted by how many people live where a number is true."""

from __future__ import annotations

from collections.abc import Sequence


def shares_of(weights: Sequence[float]) -> list[float]:
    """Weights that sum to one; equal ones where nobody lives anywhere. Raises ValueError where one is below nought."""
    if any(weight < 0 for weight in weights):
        raise ValueError("A weight is below nought.")
    total = sum(weights)
    return [weight / total for weight in weights] if total else [1 / len(weights)] * len(weights)


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean, kept between the least and the most of the values whatever the rounding."""
    mean = sum(value * share for value, share in zip(values, shares_of(weights), strict=True))
    return min(max(mean, min(values)), max(values))
