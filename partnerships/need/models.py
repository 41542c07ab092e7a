"""Indices of need as they were published, and what each says of today's places."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from places.models import Place


class Direction(models.TextChoices):
    WORSE = "worse", _("A higher number is worse")
    BETTER = "better", _("A higher number is better")


class Geography(models.TextChoices):
    TODAY = "authorities-today", _("the council areas of today")
    DISTRICTS = "districts", _("the districts of an earlier year")
    OWN = "own-areas", _("areas of its own")


class How(models.TextChoices):
    DIRECT = "direct", _("published for it")
    PREDECESSOR = "predecessor", _("published for the area it was before")
    MEAN = "mean", _("mean of the areas it was made of")
    PART = "part", _("published for a larger area that it is part of")
    INSIDE = "inside", _("mean of its council areas")


class Index(models.Model):
    """One published index, of one year. Its words are the publisher's and are not translated."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    about = models.CharField(max_length=400, blank=True, help_text=_("What it measures, in a sentence or two."))
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=160)
    licence = models.CharField(max_length=160)
    address = models.URLField(max_length=300, help_text=_("Where it was published."))
    higher_is = models.CharField(max_length=6, choices=Direction.choices)
    higher_means = models.CharField(max_length=80, help_text=_("“Higher means …”: more deprived."))
    unit = models.CharField(max_length=40, help_text=_("What a value is: score, %, group of 1 to 7."))
    decimals = models.PositiveSmallIntegerField(default=1, help_text=_("Places after the point that pages show."))
    geography = models.CharField(max_length=20, choices=Geography.choices)
    year_of_codes = models.PositiveSmallIntegerField()
    across_nations = models.BooleanField(help_text=_("Its values may be compared across nations."))
    is_illustrative = models.BooleanField(default=False, help_text=_("Made up, to show how pages look."))
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    areas = models.PositiveSmallIntegerField(default=0, help_text=_("Areas with a value in the file."))
    unmapped = models.JSONField(default=list, help_text=_("[line, sentence] of each row that led to no place."))
    left_out = models.JSONField(default=list, help_text=_("Names of larger areas, which are computed here."))

    class Meta:
        ordering = ["is_illustrative", "-year", "name"]
        verbose_name_plural = "indices"

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"

    def get_absolute_url(self) -> str:
        return reverse("need-index", args=[self.slug])


class Value(models.Model):
    """What an index says of one place of today; larger places get the mean of their council areas."""

    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="values")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    value = models.FloatField()
    rank = models.PositiveSmallIntegerField(help_text=_("1 is most in need, among places of its kind."))
    of = models.PositiveSmallIntegerField(help_text=_("How many places it is ranked among."))
    tied = models.BooleanField(default=False, help_text=_("Others have the same rank."))
    share = models.FloatField(help_text=_("0 least in need to 1 most: among council areas, or the mean of its own."))
    how = models.CharField(max_length=12, choices=How.choices)
    made_of = models.JSONField(default=list, help_text=_("Names of the areas it comes from."))
    known = models.FloatField(help_text=_("The share of its people for whom the index says something, 0 to 1."))
    published_rank = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "place"], name="need_once_a_place"),
            models.CheckConstraint(condition=models.Q(share__gte=0, share__lte=1), name="need_share_of_one"),
            models.CheckConstraint(condition=models.Q(known__gt=0, known__lte=1), name="need_known_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}: {self.value}"
