"""Organisations, and the identifiers other registers know them by."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from places.models import Place
from texts.slugs import page_of
from texts.vocabulary import OrganisationKind


class Organisation(models.Model):
    """A school, a charity, a council… Public once something it does was cleared, or it came from a register."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=OrganisationKind.choices)
    description = models.TextField(_("about"), blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    email = models.EmailField(_("public e-mail address"), blank=True)
    phone = models.CharField(_("public telephone number"), max_length=40, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_public = models.BooleanField(_("shown to everyone"), default=False)
    source = models.CharField(max_length=80, blank=True, help_text=_("Where an imported one comes from."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["place", "kind"]), models.Index(fields=["name", "id"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return page_of("organisation", self.slug)


class IdentifierScheme(models.TextChoices):
    """Prefixes of org-id.guide, the list 360Giving and others use."""

    GB_CHC = "GB-CHC", _("Charity number, England and Wales")
    GB_SC = "GB-SC", _("Charity number, Scotland")
    GB_NIC = "GB-NIC", _("Charity number, Northern Ireland")
    GB_COH = "GB-COH", _("Company number")
    GB_EDU = "GB-EDU", _("School number (URN)")
    GB_UKPRN = "GB-UKPRN", _("UK provider number (UKPRN)")
    GB_LAE = "GB-LAE", _("Local authority, England")
    GB_NHS = "GB-NHS", _("NHS organisation")
    GB_MPR = "GB-MPR", _("Mutuals register number")
    GB_SHPE = "GB-SHPE", _("Registered provider of social housing")


class Identifier(models.Model):
    """One register's number for an organisation; no two organisations share one."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=12, choices=IdentifierScheme.choices)
    value = models.CharField(_("number"), max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"
