"""News: dated, newest first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from pages.models.base import EditorialPage, WrittenPage


class NewsIndexPage(EditorialPage):
    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.NewsPage"]
    max_count = 1
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("news (list)")

    @property
    def description(self) -> str:
        return self.search_description or self.intro

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.queries import news_page, pager

        news = news_page(request.GET.get("page", "1"))
        return {**super().get_context(request, *args, **kwargs), "news": news, "pager": pager(news)}


class NewsPage(WrittenPage):
    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list[Any]] = [*WrittenPage.search_fields, index.FilterField("date")]
    parent_page_types: ClassVar[list[str]] = ["pages.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/news.html"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
