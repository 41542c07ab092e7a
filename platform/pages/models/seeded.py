"""What was seeded once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Seeded(models.Model):
    """A first text that was laid. Its page is the editors' from then on: never written over, nor brought back."""

    key = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
