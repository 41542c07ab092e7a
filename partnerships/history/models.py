"""What is kept of a place over time: the numbers of each month, and who keeps an eye on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from places.models import Place


class Month(models.Model):
    """The numbers of all places were kept in this month. The words say how each row's numbers lie, for good."""

    month = models.PositiveIntegerField(primary_key=True, help_text="As 202611.")
    taken_at = models.DateTimeField(default=timezone.now)
    steps = models.JSONField(help_text="Stages and transitions, the first is “any”.")
    supports = models.JSONField(help_text="Kinds of support, likewise.")

    def __str__(self) -> str:
        return str(self.month)


class Snapshot(models.Model):
    """What reached one place in one month. `partnerships.history.packing` lays it out."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="snapshots", db_index=False)
    cells = models.BinaryField(help_text="Measures × steps × supports, compressed.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="snapshot_once_a_month")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month_id}"


class Watch(models.Model):
    """Up to when somebody has read what changed in a place, and whether they want to hear of more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    follows = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="watched_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.place_id}"


class Told(models.Model):
    """Up to which day people were told of what changed in a place: each week once, whoever runs the scheduler."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, primary_key=True, related_name="+")
    up_to = models.DateField()

    def __str__(self) -> str:
        return f"{self.place_id} up to {self.up_to}"
