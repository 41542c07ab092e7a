"""Two initiatives made one, and the trace by which that can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.models.initiative import Initiative
from organisations.models import Trace


class InitiativeMerge(models.Model):
    """`gone` went into `kept`. Its row stays, so that its address leads on and a mistake can be undone."""

    kept = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="initiative_merged_away_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("gone")), name="initiative_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class InitiativeMergedRow(Trace):
    """What the merge of two initiatives did."""

    merge = models.ForeignKey(InitiativeMerge, on_delete=models.CASCADE, related_name="rows")
