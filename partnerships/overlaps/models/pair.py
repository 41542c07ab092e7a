"""Two initiatives that are something to each other."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative


class Relation(models.TextChoices):
    """What two initiatives are to each other."""

    OVERLAP = "overlap", _("Overlap")
    NEXT_STEP = "next-step", _("Next step")
    COMPLEMENT = "complement", _("Complement")
    TWIN = "twin", _("Twin elsewhere")


class Standing(models.TextChoices):
    """What people said of a pair, as far as it changes where it is shown."""

    OPEN = "open", _("Open")
    SET_ASIDE = "set-aside", _("Set aside")
    TOGETHER = "together", _("Working together")
    DUPLICATE = "duplicate", _("A duplicate")


class Pair(models.Model):
    """`low` has the smaller id. `scores`: of each relation, 0 to 1; `parts`: what they were made from, 0 to 1 each.

    Of a next step `forward` says that `low` comes first.
    """

    low = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    high = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+", db_index=False)
    relation = models.CharField(max_length=10, choices=Relation.choices)
    strength = models.FloatField(help_text="The relation’s score.")
    forward = models.BooleanField(default=True)
    on_record = models.BooleanField(default=False, help_text="Its people named the hand-over themselves.")
    scores = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.OPEN)
    agreed = models.BooleanField(default=False, help_text="A partnership in force names both.")
    changed = models.JSONField(default=list, help_text="Parts that are others than when it was set aside.")
    first_found_at = models.DateTimeField(default=timezone.now)
    found_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When its people were told of it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="pair_once"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="pair_in_order"),
        ]
        indexes = [
            models.Index(fields=["low", "-strength"], name="pairs_of_low"),
            models.Index(fields=["high", "-strength"], name="pairs_of_high"),
            models.Index(fields=["relation", "-strength"], name="pairs_by_relation"),
            models.Index(fields=["first_found_at"], condition=models.Q(told_at=None), name="pairs_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id} and {self.high_id}: {self.relation}"

    def get_absolute_url(self) -> str:
        return pair_url(self.low_id, self.high_id)


def pair_url(one: int, other: int) -> str:
    """The page of two initiatives, whichever is named first."""
    return reverse("pair", args=[min(one, other), max(one, other)])
