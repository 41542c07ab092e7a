"""Two entries made one, and the trace by which that can be undone."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisations.models.organisation import Organisation

UNDONE_WITHIN = datetime.timedelta(days=30)


class Merging(models.Model):
    """`gone` went into `kept`, which each room's own has. The row of `gone` stays, so that its address leads on and a
    mistake can be undone."""

    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.merged_at > timezone.now() - UNDONE_WITHIN


class Merge(Merging):
    """Two organisations made one."""

    kept = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=models.Q(undone_at=None), name="merged_away_once"),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="not_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class Trace(models.Model):
    """One thing a merge did to a row: a column's value before and after; of a row taken away, all its columns; of one
    that was made, nothing before. Which `merge`, each room's own says."""

    model = models.CharField(max_length=100)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60, blank=True, help_text="Empty where the row was taken away.")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.model} {self.row} {self.column}"


class MergedRow(Trace):
    """What the merge of two organisations did."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
