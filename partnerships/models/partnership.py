"""A partnership: what organisations agree to do together. What they agree to is in its versions."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models import Thread
from organisations.models import Organisation
from texts.slugs import page_of


class State(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in-force", _("In force")
    ENDED = "ended", _("Ended")


class Partnership(models.Model):
    """One agreement through its life. `stands` is the version in force, or before that the newest proposal.

    `readers`, `invited`, `is_public` and `stands` are kept: `domain/settling.py` writes them in the transaction of each
    change.
    """

    slug = models.SlugField(max_length=170, unique=True)
    stands = models.ForeignKey("partnerships.Version", null=True, on_delete=models.PROTECT, related_name="+")
    latest = models.PositiveIntegerField(default=0, help_text="The number of the newest version.")
    in_force_at = models.DateTimeField(null=True, blank=True, help_text="Since when all had agreed to a version.")
    closed_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=False, help_text="All parties agree to a public summary.")
    readers = models.ManyToManyField(Organisation, related_name="partnerships", help_text="Whose people read it.")
    invited = models.ManyToManyField(
        Organisation, related_name="+", help_text="Whom the newest version asks to join: they read that, and no more."
    )
    thread = models.OneToOneField(Thread, null=True, blank=True, on_delete=models.SET_NULL, related_name="partnership")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    client_id = models.CharField(max_length=40, help_text="The form it was proposed with, so that twice is once.")

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.UniqueConstraint(fields=["opened_by", "client_id"], name="proposed_once"),
            models.CheckConstraint(condition=~Q(is_public=True, in_force_at=None), name="public_once_in_force"),
            models.CheckConstraint(condition=Q(latest__gte=0) & Q(latest__lt=10_000), name="versions_are_numbered"),
        ]
        indexes = [models.Index(F("opened_at").desc(), name="partnerships_newest")]

    def __str__(self) -> str:
        return self.stands.title if self.stands else self.slug

    def get_absolute_url(self) -> str:
        return page_of("partnership", self.slug)

    @property
    def state(self) -> State:
        """Asks for `stands`."""
        if self.closed_at is not None:
            return State.ENDED
        if self.in_force_at is None or self.stands is None:
            return State.PROPOSED
        last = self.stands.ends_on
        return State.ENDED if last is not None and last < timezone.localdate() else State.IN_FORCE

    @property
    def begins_on(self) -> datetime.date | None:
        """The first day of what all have agreed to, while it is to come; a renewal goes on from what there was."""
        stands = self.stands
        if stands is None or self.state != State.IN_FORCE or stands.kind == "renewal":
            return None
        return stands.starts_on if stands.starts_on > timezone.localdate() else None

    @property
    def has_pending(self) -> bool:
        """A newer version than the one in force waits for agreement."""
        return self.in_force_at is not None and self.stands is not None and self.latest > self.stands.number
