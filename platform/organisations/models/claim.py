"""Who says that an organisation is theirs to speak for, and by what evidence that was believed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models.organisation import Organisation
from organisations.models.register import RegisterEntry


class Evidence(models.TextChoices):
    """What a claim was believed by."""

    DOMAIN = "domain", _("an e-mail address at the website that a public register names")
    NOTE = "note", _("a moderator’s check")


class Lapse(models.TextChoices):
    """Why what was believed once is so no longer."""

    WEBSITE = "website", _("its website moved to another domain")
    OWNER = "owner", _("who had shown it is no longer its owner")
    NUMBER = "number", _("it no longer carries the number that the register has it under")
    NAME = "name", _("its name was changed to one that nobody has checked")
    ANEW = "anew", _("it was verified anew")


class Claim(models.Model):
    """One person's claim on one organisation; once accepted it is what its verified badge rests on, until it lapses."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=8, choices=Evidence.choices, blank=True)
    entry = models.ForeignKey(RegisterEntry, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    domain = models.CharField(max_length=253, blank=True)  # where the address lies that was shown
    name = models.CharField(max_length=200, blank=True)  # of the organisation when it was believed
    site = models.CharField(max_length=253, blank=True)  # of the organisation's website when it was believed
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapse = models.CharField(max_length=8, choices=Lapse.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=models.Q(answered_at=None), name="one_open_claim"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(accepted=True, lapsed_at=None), name="one_standing_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"
