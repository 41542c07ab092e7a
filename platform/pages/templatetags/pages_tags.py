"""The menus, for base.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

from pages.queries import Link, LinkGroup, shown_menus

register = template.Library()


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Footer:
    groups: list[LinkGroup]
    text: str


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> list[NavigationItem]:
    """The links at the top; the one that leads to this part of the site is marked."""
    path = getattr(context.get("request"), "path", "")
    return [NavigationItem(link.label, link.url, _leads_to(link, path)) for link in shown_menus().navigation]


@register.simple_tag
def footer() -> Footer:
    menus = shown_menus()
    return Footer(menus.groups, menus.text)


def _leads_to(link: Link, path: str) -> bool:
    return path == link.url if link.url == "/" else path.startswith(link.url)
