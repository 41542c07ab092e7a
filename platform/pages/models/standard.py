"""Plain pages: about, privacy, accessibility, terms, contact."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from pages.models.base import WrittenPage


class StandardPage(WrittenPage):
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/standard.html"

    class Meta:
        verbose_name = _("plain page")
