"""A question that waits for its answer: does it still run?"""

from __future__ import annotations

from django.db import models

from initiatives.models.initiative import Initiative


class Asking(models.Model):
    """One initiative that nobody confirmed for long: how far the asking has come. An answer takes the row away."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, primary_key=True, related_name="asking")
    began_at = models.DateTimeField(db_index=True)
    step = models.PositiveSmallIntegerField(default=1)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.step}"
