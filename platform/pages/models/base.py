"""What every editorial page has in common."""

from __future__ import annotations

from typing import Any, ClassVar

from csp.constants import SELF
from csp.decorators import csp_replace
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from pages.blocks import BodyBlock


class EditorialPage(Page):
    """A page of ours. The CMS shows its preview in a frame, which the public policy forbids: there alone it may."""

    class Meta:
        abstract = True

    preview_modes = Page.DEFAULT_PREVIEW_MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        framed = csp_replace({"frame-ancestors": [SELF]})(super().serve_preview)
        return framed(request, mode_name)  # type: ignore[call-arg,return-value]  # the decorator's types know views only


class WrittenPage(EditorialPage):
    """A page that is read from top to bottom: a summary and a body."""

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown under the title and in lists."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.summary
