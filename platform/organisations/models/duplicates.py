"""Two organisations that may be one: proposed by the product, decided by a moderator."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models.organisation import Organisation


class DuplicateProposal(models.Model):
    """A pair, the smaller key first. Once a moderator said that they are two, it stays away."""

    class State(models.TextChoices):
        OPEN = "open", _("To be decided")
        APART = "apart", _("Not the same")
        MERGED = "merged", _("Merged")

    first = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    reasons = models.JSONField(default=list, help_text=_("Kinds of reason, each with what it is about."))
    probability = models.FloatField(default=1.0)
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, help_text=_("When it last was found."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_proposed_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="duplicate_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-probability", "id"])]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}? ({self.state})"
