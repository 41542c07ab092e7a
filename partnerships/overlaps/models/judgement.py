"""What people said two initiatives are to each other, and what was learned from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from organisations.models import Organisation


class Verdict(models.TextChoices):
    OVERLAP = "overlap", _("They overlap: the same work for the same people")
    NEXT_STEP = "next-step", _("One is the next step after the other")
    COMPLEMENT = "complement", _("They complement each other: the same people, other help")
    TWIN = "twin", _("The same idea in another place")
    DUPLICATE = "duplicate", _("A duplicate: the same initiative, entered twice")
    TOGETHER = "together", _("We already work together")
    UNRELATED = "unrelated", _("Not related")


class Judgement(models.Model):
    """Kept for good: whoever judges again adds one, and the newest of a person counts. `parts` as they were then."""

    low = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    high = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    forward = models.BooleanField(null=True, help_text="Of a next step: `low` comes first. None: nobody asked then.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+", help_text="None, too, where it is gone."
    )
    behalf = models.CharField(
        max_length=200,
        blank=True,
        help_text="The organisation’s name as it was; empty: a coordinator’s or moderator’s.",
    )
    note = models.CharField(max_length=300, blank=True)
    parts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    counts = models.BooleanField(default=True, help_text="The newest of this person, who still has a say.")

    class Meta:
        indexes = [
            models.Index(fields=["low", "high", "-made_at"], name="judgements_of_pair"),
            models.Index(fields=["high"], name="judgements_of_high"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["low", "high", "user"], condition=models.Q(counts=True), name="judged_once")
        ]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.verdict}"

    @property
    def by_side(self) -> bool:
        """Said for one of the two organisations, which may be gone since; not as a coordinator or moderator."""
        return self.organisation_id is not None or self.behalf != ""


class Weighting(models.Model):
    """A set of weights: learned from judgements, or turned back to. The newest is in use."""

    weights = models.JSONField(help_text="Relation → part → weight.")
    judgements = models.PositiveIntegerField(default=0)
    organisations = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"weights {self.pk}"
