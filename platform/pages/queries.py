"""Reads of the CMS: news, guidance, and the menus that stand on every page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import PageQuerySet

from pages.models import (
    FooterGroup,
    GuidanceFor,
    GuidanceIndexPage,
    GuidancePage,
    Menus,
    NewsPage,
    StandardPage,
)
from pages.models.menus import MenuLink

NEWS_A_PAGE = 10
MENU_SECONDS = 60.0


def latest_news(*, limit: int) -> list[NewsPage]:
    return list(_news()[:limit])


def news_page(number: str) -> PageOfResults[NewsPage]:
    """One page of news; a number that does not exist gives the nearest that does."""
    return Paginator(_news(), NEWS_A_PAGE).get_page(number)


def pager(results: PageOfResults[NewsPage]) -> dict[str, Any]:
    """What components/pagination.html shows: the ends, and two to each side of here."""
    here, last = results.number, results.paginator.num_pages
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    return {
        "number": here,
        "pages": last,
        "previous": f"?page={here - 1}" if results.has_previous() else "",
        "next": f"?page={here + 1}" if results.has_next() else "",
        "links": [{"number": number, "url": f"?page={number}", "here": number == here} for number in near],
    }


def _news() -> PageQuerySet[NewsPage]:
    return NewsPage.objects.live().public().defer("body").order_by("-date", "-pk")


@dataclass(frozen=True)
class GuidanceGroup:
    label: str
    pages: list[GuidancePage]


def guidance_groups(index: GuidanceIndexPage) -> list[GuidanceGroup]:
    """The index's pages in the editors' order, under whom they are for; a group without pages is left out."""
    pages = list(GuidancePage.objects.child_of(index).live().public().defer("body").order_by("path"))
    groups = [
        GuidanceGroup(str(audience.label), [page for page in pages if page.audience == audience])
        for audience in GuidanceFor
    ]
    return [group for group in groups if group.pages]


def guidance_beside(page: GuidancePage) -> list[GuidancePage]:
    """The other pages for the same people."""
    siblings = GuidancePage.objects.sibling_of(page, inclusive=False).live().public()
    return list(siblings.filter(audience=page.audience).defer("body").order_by("path"))


def listed_pages() -> PageQuerySet[StandardPage]:
    return StandardPage.objects.live().public()


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class LinkGroup:
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class ShownMenus:
    """What the navigation and the footer show, ready to print."""

    navigation: tuple[Link, ...]
    groups: tuple[LinkGroup, ...]
    text: str


@dataclass
class _Kept:
    """This process's copy of the menus, a language each: pages of the registry ask the database nothing for them."""

    shown: dict[str, tuple[float, ShownMenus]] = field(default_factory=dict)


_kept = _Kept()


def forget_menus() -> None:
    """The next page reads them again; other processes do so within a minute."""
    _kept.shown.clear()


def shown_menus() -> ShownMenus:
    """The menus as the editors left them; before any exist, the registry's own rooms."""
    language = get_language() or ""
    until, menus = _kept.shown.get(language, (0.0, None))
    if menus is None or until < time.monotonic():
        menus = _read_menus()
        _kept.shown[language] = (time.monotonic() + MENU_SECONDS, menus)
    return menus


def own_menus() -> ShownMenus:
    """The registry's own rooms, in the language of the moment."""
    rooms = [(_("Find support"), "/initiatives/"), (_("Places"), "/places/"), (_("Organisations"), "/organisations/")]
    return ShownMenus(tuple(Link(*room) for room in rooms), (), "")


def _read_menus() -> ShownMenus:
    row = Menus.objects.first()
    if row is None:
        return own_menus()
    groups = []
    footer_links = list(row.footer_links.select_related("page"))
    for group in FooterGroup:
        links = _links([link for link in footer_links if link.group == group])
        if links:
            groups.append(LinkGroup(str(group.label), links))
    return ShownMenus(_links(list(row.navigation_links.select_related("page"))), tuple(groups), row.footer_text)


def _links(rows: list[MenuLink]) -> tuple[Link, ...]:
    """Links that lead somewhere: a page that is not public has none."""
    links = []
    for row in rows:
        if row.page is None:
            links.append(Link(row.label, row.address))
        elif row.page.live and (url := row.page.url):
            links.append(Link(row.label or row.page.title, url))
    return tuple(links)
