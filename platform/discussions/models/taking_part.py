"""A person in a thread: how far they have read, and whether they want to hear of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from discussions.models.thread import Thread


class Attention(models.TextChoices):
    FOLLOWS = "follows", _("Following")
    NORMAL = "normal", _("Only when I am mentioned")
    NONE = "none", _("Nothing")


class Participation(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="participations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations")
    read = models.PositiveIntegerField(default=0, help_text="The number of the last post they saw.")
    attention = models.CharField(
        max_length=7,
        choices=Attention.choices,
        blank=True,
        help_text="Empty until they post or choose: till then as normal.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "user"], name="takes_part_once")]
        indexes = [models.Index(fields=["user", "attention"], name="takes_part_in")]

    def __str__(self) -> str:
        return f"{self.user} in {self.thread_id}"
