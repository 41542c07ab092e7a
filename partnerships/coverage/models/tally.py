"""The kept numbers: one row a place, however many initiatives reach it. `partnerships.coverage.grid` lays them out."""

from __future__ import annotations

from django.db import models

from initiatives.models import Initiative
from places.models import Place


class Counted(models.Model):
    """What a listed initiative adds to the numbers, as it was when it was added: the way to take it away again."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, primary_key=True, related_name="counted")
    steps = models.BigIntegerField(help_text="Bit n: the n-th of grid.STEPS.")
    support = models.BigIntegerField(help_text="Bit n: the n-th of grid.SUPPORTS.")
    online = models.BooleanField()
    capacity = models.PositiveIntegerField(null=True)
    month = models.PositiveIntegerField(null=True, help_text="In which it ends, as 202705.")
    places = models.JSONField(default=dict, help_text="Place → whether it is declared.")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.places}"


class Tally(models.Model):
    """How many initiatives lie within a place, by way, step and support, and how many places they have."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, primary_key=True, related_name="+")
    cells = models.BinaryField(help_text="grid.TALLY, as whole numbers of eight bytes.")

    def __str__(self) -> str:
        return self.place_id


class Ending(models.Model):
    """How many of them end in one month."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.PositiveIntegerField()
    cells = models.BinaryField(help_text="grid.ENDING, as whole numbers of four bytes.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "month"], name="ending_counted_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.month}"
