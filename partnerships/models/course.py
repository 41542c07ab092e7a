"""What happens while a partnership lasts: actions, departures, consent to be shown, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from partnerships.models.kept import Kept, KeptRows
from partnerships.models.partnership import Partnership
from partnerships.models.version import Version


class Departure(Kept):
    """A party leaves. It counts for the versions up to the one it was given under; a later one may bring it back."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="departures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    takes_effect_on = models.DateField()
    reason = models.TextField(blank=True)
    turn = models.PositiveSmallIntegerField(default=1, help_text="The how many-th notice: one may be taken back.")

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "organisation", "turn"], name="left_once")]
        indexes = [models.Index(fields=["takes_effect_on"], name="departures_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.takes_effect_on}"

    @classmethod
    def standing(cls) -> KeptRows:
        """Those that were not taken back."""
        return cls.objects.filter(stay=None)

    @property
    def is_standing(self) -> bool:
        """It was not taken back. Asks for `stay`."""
        return not hasattr(self, "stay")


class Stay(Kept):
    """A notice was taken back before its day; both are kept."""

    departure = models.OneToOneField(Departure, on_delete=models.PROTECT, related_name="stay")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.departure_id} {self.at:%Y-%m-%d}"


class Closing(Kept):
    """What came of it, when it was closed or renewed."""

    class How(models.TextChoices):
        CLOSED = "closed", _("Closed")
        RENEWED = "renewed", _("Renewed")

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="closings")
    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="closing")
    how = models.CharField(max_length=7, choices=How.choices)
    outcome = models.TextField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership"], condition=Q(how="closed"), name="closed_once"),
        ]

    def __str__(self) -> str:
        return self.outcome[:60]


class Consent(models.Model):
    """An organisation agrees that everyone may read the summary, until it takes that back."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"], condition=Q(withdrawn_at=None), name="consented_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.given_at:%Y-%m-%d}"


class Action(models.Model):
    """Something that one organisation will do by a day."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="actions")
    text = models.CharField(_("what will be done"), max_length=300)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("by when"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(done_at=None), name="actions_open")]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
