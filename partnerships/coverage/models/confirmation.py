"""What a coordinator looked for in a place and did not find: signed, dated, and not for ever."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from places.models import Place
from texts.vocabulary import Stage, Support, Transition


class Closing(models.TextChoices):
    """Why it no longer stands."""

    WITHDRAWN = "withdrawn", _("taken back")
    STARTED = "started", _("something started here")
    RENEWED = "renewed", _("looked at again")


class Confirmation(models.Model):
    """“I looked: nobody does this here.” It stands until it is closed or its year is over, and is kept for good."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("stage or transition"), max_length=24, choices=[*Stage.choices, *Transition.choices])
    support = models.CharField(
        _("kind of support"), max_length=12, choices=Support.choices, blank=True, help_text=_("Empty: of any kind.")
    )
    note = models.CharField(_("how you looked"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=150, help_text="Of the person, as it was.")
    role = models.CharField(max_length=200, help_text="Whose coordinator they were, as it was.")
    confirmed_at = models.DateTimeField(default=timezone.now)
    lapses_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing = models.CharField(max_length=9, choices=Closing.choices, blank=True)
    closed_by = models.CharField(max_length=150, blank=True, help_text="The name of who took it back.")
    started = models.ForeignKey(Initiative, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-confirmed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "step", "support"], condition=models.Q(closed_at=None), name="confirmed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: no {self.support or 'support'} at {self.step}"

    def stands_on(self, day: datetime.date) -> bool:
        """Neither closed nor lapsed. It lapses at the end of `lapses_on`."""
        return self.closed_at is None and day <= self.lapses_on
