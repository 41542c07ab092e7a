"""The menus, for base.html."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pages.queries import Link, LinkGroup, shown_menus

register = template.Library()


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Footer:
    groups: tuple[LinkGroup, ...]
    text: str


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> tuple[NavigationItem, ...]:
    """The links at the top; the one that leads to this part of the site is marked. One leads to the partnerships, after
    the discussions, wherever the editors put none."""
    request = context.get("request")
    links = list(shown_menus().navigation)
    own = Link(_("Partnerships"), reverse("partnerships"))
    if own.url not in [one.url for one in links]:
        after = next((at for at, one in enumerate(links, start=1) if one.url == reverse("discussions")), len(links))
        links.insert(after, own)
    path = getattr(request, "path", "")
    return tuple(NavigationItem(link.label, link.url, _leads_to(link, path)) for link in links)


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What it holds, to be kept with `as`: a block's words are wanted twice in the head."""
    return mark_safe(content.strip())  # noqa: S308  # rendered, so escaped, already


@register.simple_tag(takes_context=True)
def canonical_address(context: dict[str, Any]) -> str:
    """The page's own address at the site's, with its question but not with what a link's sender added."""
    request = context.get("request")
    if request is None:
        return ""
    asked = request.GET.copy()
    for name in [name for name in asked if name.startswith("utm_") or name in ("fbclid", "gclid")]:
        del asked[name]
    return f"{settings.SITE_URL.rstrip('/')}{request.path}{'?' if asked else ''}{asked.urlencode()}"


@register.simple_tag
def footer() -> Footer:
    menus = shown_menus()
    return Footer(menus.groups, menus.text)


def _leads_to(link: Link, path: str) -> bool:
    return path == link.url if link.url == "/" else path.startswith(link.url)
