"""What search engines may list: pages of the CMS, initiatives, organisations and places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from wagtail.models import Page

from initiatives.queries.listed import listed
from organisations.models import Organisation
from places.models import Place


class PagesSitemap(Sitemap[Page]):
    def items(self) -> QuerySet[Page]:
        pages: QuerySet[Page] = Page.objects.live().public().filter(depth__gt=1).order_by("path")
        return pages

    def location(self, item: Page) -> str:
        return str(item.get_url() or "/")

    def lastmod(self, item: Page) -> datetime | None:
        published: datetime | None = item.last_published_at
        return published


class _Rows(Sitemap[Mapping[str, Any]]):
    """Rows of the registry as plain values: a hundred thousand are no hundred thousand objects."""

    limit = 5_000
    route = ""
    changed = ""

    def location(self, item: Mapping[str, Any]) -> str:
        return reverse(self.route, args=[item["slug"]])

    def rows(self) -> QuerySet[Any, Any]:
        raise NotImplementedError

    def items(self) -> QuerySet[Any, Any]:
        return self.rows()

    def lastmod(self, item: Mapping[str, Any]) -> datetime | None:
        return item.get(self.changed)

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django would read every row for the index."""
        latest: datetime | None = None
        if self.changed:
            latest = self.rows().aggregate(latest=Max(self.changed))["latest"]
        return latest


class InitiativesSitemap(_Rows):
    route = "initiative"
    changed = "last_published_at"

    def rows(self) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = listed().order_by("pk").values("slug", "last_published_at")
        return rows


class OrganisationsSitemap(_Rows):
    route = "organisation"
    changed = "updated_at"

    def rows(self) -> QuerySet[Any, Any]:
        return Organisation.objects.filter(is_public=True).order_by("pk").values("slug", "updated_at")


class PlacesSitemap(_Rows):
    route = "place"

    def rows(self) -> QuerySet[Any, Any]:
        return Place.objects.order_by("code").values("slug")


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "pages": PagesSitemap,
    "initiatives": InitiativesSitemap,
    "organisations": OrganisationsSitemap,
    "places": PlacesSitemap,
}
