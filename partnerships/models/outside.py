"""How the dates reach people who are not on the page: a calendar's address, and what was reminded of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from partnerships.models.partnership import Partnership


class CalendarFeed(models.Model):
    """One person's calendar address; a new row is a new address, and without the row the old one is dead."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partnership_feed")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


class Reminder(models.Model):
    """People were told of this date; they are not told again."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="reminders")
    about = models.CharField(max_length=60, help_text="Which date: its sort, what it is of, and the day.")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "about"], name="reminded_once")]

    def __str__(self) -> str:
        return self.about
