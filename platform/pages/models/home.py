"""The front door."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from pages.blocks import StepBlock
from pages.models.base import EditorialPage


class HomePage(EditorialPage):
    """Hero, what and where, how it works; the newest initiatives, places and news come by themselves."""

    hero_heading = models.CharField(_("heading"), max_length=120)
    hero_text = models.TextField(_("introduction"), max_length=500)
    steps = StreamField(
        blocks.StreamBlock([("step", StepBlock())], max_num=4),
        blank=True,
        verbose_name=_("how it works"),
        help_text=_("Three steps read best."),
    )

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("hero_heading"), FieldPanel("hero_text")], heading=_("Top of the page")),
        FieldPanel("steps"),
    ]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.queries import latest_news

        return {**super().get_context(request, *args, **kwargs), "news": latest_news(limit=3)}
