"""Which pairs people were told of, kept for as long as both initiatives are: a pair that goes and comes is no news."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from initiatives.models import Initiative


class Told(models.Model):
    """`low` has the smaller id. That one of them ended, or the pair was not kept for a while, does not end it."""

    low = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    high = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["low", "high"], name="pair_told_once")]
        indexes = [models.Index(fields=["high"], name="told_of_high")]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}"
