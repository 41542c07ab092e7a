"""Two initiatives made one, and the trace by which that can be undone."""

from __future__ import annotations

from django.db import models

from initiatives.models.initiative import Initiative
from organisations.models import Merging, Trace


class InitiativeMerge(Merging):
    """Two initiatives made one."""

    kept = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    gone = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")

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
