"""What belongs to an initiative and is edited with it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from initiatives.models.initiative import Initiative
from organisations.models import Organisation
from texts.vocabulary import PartnerRole


class Partner(models.Model):
    """An organisation's role in an initiative that another one leads."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnered")
    role = models.CharField(_("role"), max_length=10, choices=PartnerRole.choices, default=PartnerRole.DELIVERS)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="partner_role_once")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Intake(models.Model):
    """When people can join: a deadline, and where known the day from which."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="intakes")
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("apply by"), db_index=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["closes_on", "pk"]

    def __str__(self) -> str:
        return f"{self.closes_on}"


class Handover(models.Model):
    """Those who finish one initiative go on to another."""

    initiative = ParentalKey(Initiative, on_delete=models.CASCADE, related_name="handovers")
    next_initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="fed_by")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "next_initiative"], name="handover_once"),
            models.CheckConstraint(
                condition=~models.Q(initiative=models.F("next_initiative")), name="no_handover_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} → {self.next_initiative_id}"
