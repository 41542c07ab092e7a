"""What is kept of looking after people: reports, warnings, and who may not write where until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from discussions.models.post import Post
from places.models import Place
from reports.reasons import POST_REASONS

LONGEST_REASON = 1_000


class Report(models.Model):
    """Somebody asks a moderator to look at a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=12, choices=POST_REASONS)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=Q(decided_at=None), name="reported_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["made_at"], condition=Q(decided_at=None), name="reports_open")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.post}"


class Warning(models.Model):
    """What a moderator told somebody about how they write."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="warnings")
    post = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.user}: {self.reason[:60]}"


class Muting(models.Model):
    """A person reads and does not write: in a place and what lies in it, or everywhere, until it ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutings")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="None: everywhere."
    )
    reason = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField(null=True, blank=True, help_text="None: until it is lifted.")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user"], condition=Q(lifted_at=None), name="mutings_not_lifted")]

    def __str__(self) -> str:
        return f"{self.user}: {self.place or 'everywhere'}"
