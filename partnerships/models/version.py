"""What is agreed: versions, their parties, and who agreed to exactly that or asked for something else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.models.kept import AlreadyKept, Kept
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


def no_words() -> dict[str, dict[str, str]]:
    return {"organisations": {}, "initiatives": {}, "places": {}}


class Version(Kept):
    """The whole text as it was sent, once and for all.

    `words` are what things were called then, by their ids; places and initiatives beside it are there to be found by.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=VersionKind.choices)
    title = models.CharField(_("title"), max_length=140)
    purpose = models.TextField(_("purpose"))
    success = models.TextField(_("how success is seen"), blank=True)
    words = models.JSONField(default=no_words)
    places = models.ManyToManyField(Place, related_name="+", through="VersionPlace")
    initiatives = models.ManyToManyField(Initiative, related_name="partnership_versions", through="VersionInitiative")
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

    def called(self, what: str, pk: int | str | None) -> str:
        """What an organisation, an initiative or a place was called when it was sent; "" where it is not named."""
        return str(self.words[what].get(str(pk), ""))

    @property
    def sent_by(self) -> str:
        return self.called("organisations", self.made_for_id)


class _OfVersion(Kept):
    """A row that is sent with its version, and never added to it later: what the version's words name."""

    what: ClassVar[str]

    class Meta:
        abstract = True

    def check_in_time(self) -> None:
        version: Any = getattr(self, "version", None)
        key = getattr(self, f"{self.what.removesuffix('s')}_id")
        if version is None or not version.called(self.what, key):
            raise AlreadyKept(str(self))


class VersionPlace(_OfVersion):
    """A place a version names. Where councils are laid together, the version's words keep its name."""

    what = "places"
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "partnerships_version_places"
        unique_together = ("version", "place")

    def __str__(self) -> str:
        return f"{self.version_id} {self.place_id}"


class VersionInitiative(_OfVersion):
    """An initiative a version names; where one is deleted, the version's words keep its title."""

    what = "initiatives"
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "partnerships_version_initiatives"
        unique_together = ("version", "initiative")

    def __str__(self) -> str:
        return f"{self.version_id} {self.initiative_id}"


class Party(_OfVersion):
    """An organisation in a version: its role, and what it brings."""

    what = "organisations"
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

    @property
    def name(self) -> str:
        """What it was called when the version was sent. Asks for `version`."""
        return self.version.called("organisations", self.organisation_id)


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
