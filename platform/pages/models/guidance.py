"""Guidance: how to use the registry well."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from pages.models.base import EditorialPage, WrittenPage


class GuidanceFor(models.TextChoices):
    """Whom a page of guidance is for, in the order of the index."""

    REGISTERING = "registering", _("If you run something")
    COORDINATING = "coordinating", _("If you look after a place")
    EVERYONE = "everyone", _("How the registry works")


class GuidanceIndexPage(EditorialPage):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.GuidancePage"]
    max_count = 1
    template = "pages/guidance_index.html"

    class Meta:
        verbose_name = _("guidance (list)")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.queries import guidance_groups

        return {**super().get_context(request, *args, **kwargs), "groups": guidance_groups(self)}


class GuidancePage(WrittenPage):
    audience = models.CharField(_("for"), max_length=12, choices=GuidanceFor.choices, default=GuidanceFor.EVERYONE)
    reviewed_on = models.DateField(_("last reviewed"), null=True, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("reviewed_on"),
    ]
    search_fields: ClassVar[list[Any]] = [*WrittenPage.search_fields, index.FilterField("audience")]
    parent_page_types: ClassVar[list[str]] = ["pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/guidance.html"

    class Meta:
        verbose_name = _("guidance")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.queries import guidance_beside

        return {**super().get_context(request, *args, **kwargs), "beside": guidance_beside(self)}
