"""The listed initiatives by place, and their counts: kept with every change so that no page has to count.

An initiative *declares* places that do not hold one another: council areas, or a region, or nations, or the UK. For a
place P the listed initiatives are those *within* it (declared for P or a place in it) and those that a place around
P declares. No initiative is in both, so totals are sums:
    total(P) = within(P) + sum of declared(A) over the places A around P.
Both tables can be rebuilt from the initiatives at any time (`manage.py recount`).
"""

from __future__ import annotations

from django.db import models

from initiatives.models.initiative import Initiative
from places.models import Place


class ReachedPlace(models.Model):
    """A listed initiative lies within a place; `declared` where it names that very place."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="reached_places")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    declared = models.BooleanField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["initiative", "place"], name="reached_once")]
        indexes = [
            models.Index(fields=["place", "-published_at", "-initiative"], name="newest_in_place"),
            models.Index(fields=["place", "declared", "-published_at", "-initiative"], name="newest_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} in {self.place_id}"


class Listing(models.Model):
    """What a listed initiative adds to the counts, as it was when it was added: the way to take it away again."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    words = models.JSONField(default=list, help_text="Pairs of dimension and value.")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.words}"


class Dimension(models.TextChoices):
    """What is counted."""

    ALL = "all", "all"
    STAGE = "stage", "stage"
    TRANSITION = "transition", "transition"
    SUPPORT = "support", "support"
    KIND = "kind", "kind of organisation"
    TAG = "tag", "tag"


class PlaceCount(models.Model):
    """How many listed initiatives a place has, for one word of one dimension."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    dimension = models.CharField(max_length=12, choices=Dimension.choices)
    value = models.CharField(max_length=120, blank=True)
    within = models.IntegerField(default=0)
    declared = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "dimension", "value"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.dimension} {self.value}: {self.within}"
