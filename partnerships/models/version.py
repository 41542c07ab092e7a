"""What is agreed: versions, their parties, and who agreed to exactly that or asked for something else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.models.kept import Kept
from partnerships.models.partnership import Partnership
from places.models import Place


class VersionKind(models.TextChoices):
    PROPOSAL = "proposal", _("Proposal")
    AMENDMENT = "amendment", _("Amendment")
    RENEWAL = "renewal", _("Renewal")


class PartyRole(models.TextChoices):
    LEADS = "leads", _("Leads")
    DELIVERS = "delivers", _("Delivers")
    FUNDS = "funds", _("Funds")
    HOSTS = "hosts", _("Hosts")
    REFERS = "refers", _("Refers people")
    COMMISSIONS = "commissions", _("Commissions")


class Version(Kept):
    """The whole text as it was sent, once and for all."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=VersionKind.choices)
    title = models.CharField(_("title"), max_length=140)
    purpose = models.TextField(_("purpose"))
    success = models.TextField(_("how success is seen"), blank=True)
    places = models.ManyToManyField(Place, related_name="+")
    initiatives = models.ManyToManyField(Initiative, related_name="partnership_versions")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    note = models.TextField(blank=True, help_text="Why it is amended; in a renewal, what came of the time before.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="version_numbered_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="partnership_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Party(Kept):
    """An organisation in a version: its role, and what it brings."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="party_in")
    role = models.CharField(max_length=11, choices=PartyRole.choices)
    brings = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Agreement(Kept):
    """An organisation agrees to exactly this version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "organisation"], name="agreed_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.version_id}"


class ChangeRequest(Kept):
    """An organisation says what it would have otherwise before it agrees."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="change_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Commencement(Kept):
    """All had agreed: from then on the version was in force."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="commencement")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d}"
