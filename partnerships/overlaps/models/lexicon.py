"""What the registry's texts teach of words, learnt in the background and read by every process."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Lexicon(models.Model):
    """The newest is in use. `data`: as `purpose.keeping` packs it."""

    data = models.BinaryField()
    documents = models.PositiveIntegerField(help_text="How many texts the registry had then.")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"words of {self.documents} texts"
