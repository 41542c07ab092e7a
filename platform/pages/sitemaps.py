"""What search engines may list: pages of the CMS, initiatives, organisations and places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse
from wagtail.models import Page

from initiatives.models import Initiative
from initiatives.models.initiative import Status
from organisations.models import Organisation
from places.models import Place


class PagesSitemap(Sitemap[Page]):
    def items(self) -> QuerySet[Page]:
        return Page.objects.live().public().filter(depth__gt=1).order_by("path")

    def location(self, item: Page) -> str:
        return item.get_url() or "/"

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class _Rows(Sitemap[Mapping[str, Any]]):
    """Rows of the registry as plain values: a hundred thousand are no hundred thousand objects."""

    limit = 5_000
    route = ""
    changed = ""

    def location(self, item: Mapping[str, Any]) -> str:
        return reverse(self.route, args=[item["slug"]])

    def lastmod(self, item: Mapping[str, Any]) -> datetime | None:
        return item.get(self.changed)

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: Django would read every row for the index."""
        return self.items().aggregate(latest=Max(self.changed))["latest"] if self.changed else None


class InitiativesSitemap(_Rows):
    route = "initiative"
    changed = "last_published_at"

    def items(self) -> QuerySet[Any, Any]:
        listed = Initiative.objects.filter(live=True).exclude(status__in=[Status.ENDED, Status.REJECTED])
        return listed.order_by("pk").values("slug", "last_published_at")


class OrganisationsSitemap(_Rows):
    route = "organisation"
    changed = "updated_at"

    def items(self) -> QuerySet[Any, Any]:
        return Organisation.objects.filter(is_public=True).order_by("pk").values("slug", "updated_at")


class PlacesSitemap(_Rows):
    route = "place"

    def items(self) -> QuerySet[Any, Any]:
        return Place.objects.order_by("code").values("slug")


SITEMAPS: dict[str, type[Sitemap[Any]]] = {
    "pages": PagesSitemap,
    "initiatives": InitiativesSitemap,
    "organisations": OrganisationsSitemap,
    "places": PlacesSitemap,
}
