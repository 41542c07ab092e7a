"""What somebody reported about a page, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.reasons import Reason

LONGEST_PATH = 500


class Outcome(models.TextChoices):
    THANKS = "thanks", _("Mended, or nothing had to be changed")
    REMOVED = "removed", _("Taken away from the public")
    REPLIED = "replied", _("Answered")


class PageReport(models.Model):
    """Somebody asks a moderator to look at a page of this site."""

    path = models.CharField(max_length=LONGEST_PATH)
    title = models.CharField(max_length=200, help_text="The page's, when it was reported.")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(blank=True, help_text="A visitor's, for an answer; forgotten some time after it.")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=8, blank=True, choices=Outcome.choices)
    words = models.TextField(blank=True, help_text="The answer, or why the page was taken away.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path", "reporter", "reason"],
                condition=Q(decided_at=None),
                name="page_reported_once_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["path"], condition=Q(decided_at=None), name="page_reports_open")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("report-decide", args=[self.pk])

    @property
    def is_urgent(self) -> bool:
        return self.reason == Reason.SAFEGUARDING
