"""Places as rows, so that other rooms can point at them; reads go through `places.queries.gazetteer`."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    UK = "uk", _("United Kingdom")
    NATION = "nation", _("Nation")
    REGION = "region", _("Region")
    COMBINED_AUTHORITY = "combined-authority", _("Combined authority")
    AUTHORITY = "authority", _("Council area")
    PRIORITY_AREA = "priority-area", _("Priority area")


class Place(models.Model):
    """A place of today. `code` is its GSS code; priority areas, which have none, carry "OA-…" and "EIA-…"."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=20, choices=PlaceKind.choices, db_index=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    slug = models.SlugField(max_length=140, unique=True)
    programme = models.CharField(max_length=80, blank=True, help_text=_("A priority area's programme."))
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("Authority → region (England) or nation; region → nation; nation → UK; area → what holds it all."),
    )
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="areas", help_text=_("An area's authorities.")
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])


class PlaceName(models.Model):
    """Another name a place answers to: other spellings, Welsh, former."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, blank=True)
    is_former = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="place_name_once")]

    def __str__(self) -> str:
        return self.name


class FormerCode(models.Model):
    """A code that is no longer used, and a place of today that took (part of) its area."""

    code = models.CharField(max_length=40, db_index=True)
    name = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="former_codes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "place"], name="former_code_once")]

    def __str__(self) -> str:
        return f"{self.code} → {self.place_id}"
