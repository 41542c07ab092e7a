"""What of an initiative is compared with others, kept in the transaction of each change."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from initiatives.models import Initiative
from texts.fields import VocabularySetField
from texts.vocabulary import Focus, Stage, Support, Transition


class Profile(models.Model):
    """The traits of one listed initiative. `noted` counts its changes, `found` says up to which its pairs are right."""

    initiative = models.OneToOneField(Initiative, on_delete=models.CASCADE, primary_key=True, related_name="+")
    lead_id = models.BigIntegerField(help_text="The organisation that leads it.")
    stages = VocabularySetField(Stage)
    transitions = VocabularySetField(Transition)
    support = VocabularySetField(Support)
    focus = VocabularySetField(Focus)
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    places = models.JSONField(default=list, help_text="The codes it declares, none inside another.")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    starts = models.IntegerField(null=True, help_text="As `date.toordinal`.")
    ends = models.IntegerField(null=True, help_text="Likewise.")
    months = models.PositiveSmallIntegerField(default=0, help_text="A bit for each month in which people can join.")
    tags = models.JSONField(default=list, help_text="Ids.")
    organisations = models.JSONField(default=list, help_text="Ids of the lead and the partners.")
    next_ones = models.JSONField(default=list, help_text="Ids of initiatives it hands on to, as its own people said.")
    noted = models.BigIntegerField(default=1)
    found = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["initiative"], condition=models.Q(noted__gt=models.F("found")), name="pairs_due"),
            models.Index(fields=["latitude", "longitude"], name="profiles_on_the_map"),
        ]

    def __str__(self) -> str:
        return f"profile of {self.initiative_id}"
