"""A page of the CMS that was reported: editors mend it there."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from reports.subjects import Subject, register


def register_reported() -> None:
    register(page_at)


def page_at(path: str) -> Subject | None:
    """Two queries."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    address = site.root_page.url_path + path.removeprefix("/")
    page = Page.objects.live().filter(url_path=address).first()
    if page is None:
        return None
    return Subject(
        hint=_("Editors change or unpublish it in the CMS."),
        hint_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
