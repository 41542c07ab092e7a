"""The CMS's first pages: laid once, the editors' from then on."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site, WorkflowPage

from accounts.domain.granting import ensure_groups
from pages.domain.laying import FirstText, first_texts
from pages.models import (
    FooterLink,
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    Menus,
    NavigationLink,
    NewsIndexPage,
    NewsPage,
    Seeded,
    StandardPage,
)
from pages.queries import forget_menus


@transaction.atomic
def seed_pages() -> int:
    """How many first texts were laid. Run again it lays what is new and touches nothing that was laid before."""
    laid = 0
    home = HomePage.objects.first() or _lay_home()
    guidance = _index(GuidanceIndexPage, home, "guidance")
    news = _index(NewsIndexPage, home, "news")
    for index, folder, make in (
        (guidance, "guidance", _guidance),
        (news, "news", _news),
        (home, "standard", _standard),
    ):
        for text in first_texts(folder) if index else []:
            if _is_new(text.key):
                _publish(index, make(text))
                laid += 1
    if _is_new("menus"):
        _lay_menus()
        laid += 1
        _is_new("menus-discussions")
        _is_new("menus-partnerships")
    if _is_new("menus-discussions"):
        _add_discussions()
        laid += 1
    if _is_new("menus-partnerships"):
        _add_partnerships()
        laid += 1
    if _is_new("publishing"):
        _let_editors_publish()
    ensure_groups()
    forget_menus()
    transaction.on_commit(forget_menus)
    return laid


def _let_editors_publish() -> None:
    """Wagtail's own set-up sends editors' pages to the moderators, who clear initiatives here and edit no pages."""
    WorkflowPage.objects.filter(page=Page.get_first_root_node()).delete()


def _is_new(key: str) -> bool:
    """Whether this was never laid; from now on it was."""
    return Seeded.objects.get_or_create(key=key)[1]


def _publish(parent: Page, page: Page) -> Page:
    """The page under its parent, live and with a first revision to go back to."""
    if parent.get_children().filter(slug=page.slug).exists():
        page.slug = f"{page.slug}-2"  # an editor's own page has the address; theirs stays
    parent.add_child(instance=page)
    page.save_revision(log_action=False).publish(log_action=False)
    return page


def _lay_home() -> HomePage:
    """The home page at the root of the default site, in the place of Wagtail's welcome."""
    (text,) = first_texts("home")
    root = Page.get_first_root_node()
    home = HomePage(
        title=text.facts["title"],
        slug="start",
        search_description=text.facts["summary"],
        hero_heading=text.facts["heading"],
        hero_text=text.facts["summary"],
        steps=[("step", step) for step in text.body[0][1]],
    )
    _publish(root, home)
    parts = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": parts.hostname or "localhost",
            "port": parts.port or (443 if parts.scheme == "https" else 80),
            "root_page": home,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )
    for welcome in Page.objects.filter(depth=2, title="Welcome to your new Wagtail site!").exact_type(Page):
        welcome.delete()
    root.refresh_from_db()
    laid: HomePage = HomePage.objects.get(pk=home.pk)
    return laid


def _index(model: type[Page], home: HomePage, folder: str) -> Page | None:
    """The list's page; none where the editors took it away."""
    found = model.objects.first()
    if found is None and _is_new(folder):
        title, intro = {
            "guidance": (
                "Guidance",
                "How to describe what you do, read a place’s page, and work with those already there.",
            ),
            "news": ("News", "What is new in the registry, and what we changed because you asked."),
        }[folder]
        home.refresh_from_db()
        found = _publish(home, model(title=title, slug=folder, intro=intro))
    return found


def _written(text: FirstText) -> dict[str, Any]:
    return {
        "title": text.facts["title"],
        "slug": text.slug,
        "summary": text.facts["summary"],
        "body": GuidancePage._meta.get_field("body").to_python([{"type": t, "value": v} for t, v in _raw(text)]),
    }


def _raw(text: FirstText) -> list[tuple[str, Any]]:
    """Blocks as the database keeps them: an item of a list says what it is."""
    return [
        (kind, [{"type": "item", "value": item} for item in value] if kind == "steps" else value)
        for kind, value in text.body
    ]


def _guidance(text: FirstText) -> Page:
    return GuidancePage(
        **_written(text), audience=text.facts["for"], reviewed_on=date.fromisoformat(text.facts["reviewed"])
    )


def _news(text: FirstText) -> Page:
    return NewsPage(**_written(text), date=date.fromisoformat(text.facts["date"]))


def _standard(text: FirstText) -> Page:
    return StandardPage(**_written(text))


_NAVIGATION = (
    ("Find support", "/initiatives/"),
    ("Places", "/places/"),
    ("Organisations", "/organisations/"),
    ("Discussions", "/discussions/"),
    ("Guidance", "guidance"),
)
_FOOTER = (
    ("find", "All initiatives", "/initiatives/"),
    ("find", "Places", "/places/"),
    ("find", "Organisations", "/organisations/"),
    ("find", "Discussions", "/discussions/"),
    ("find", "Partnerships", "/partnerships/"),
    ("take-part", "Register an initiative", "/initiatives/register/"),
    ("take-part", "Guidance", "guidance"),
    ("take-part", "House rules", "house-rules"),
    ("about", "About Stepping Stones", "about"),
    ("about", "News", "news"),
    ("about", "Contact", "contact"),
    ("about", "Accessibility", "accessibility"),
    ("about", "Privacy", "privacy"),
)


def _lay_menus() -> None:
    if Menus.objects.exists():
        return
    menus = Menus(footer_text="Help exists. Stepping Stones shows where, for whom, and who could do more together.")
    menus.navigation_links = [
        NavigationLink(label=label, sort_order=place, **_target(target))
        for place, (label, target) in enumerate(_NAVIGATION)
    ]
    menus.footer_links = [
        FooterLink(group=group, label=label, sort_order=place, **_target(target))
        for place, (group, label, target) in enumerate(_FOOTER)
    ]
    menus.save()


def _add_discussions() -> None:
    """To menus that were laid before there were any."""
    menus = Menus.objects.first()
    if menus is None or menus.navigation_links.filter(address="/discussions/").exists():
        return
    menus.navigation_links.add(NavigationLink(label="Discussions", address="/discussions/", sort_order=100))
    menus.save()


def _add_partnerships() -> None:
    """To the foot of pages whose menus were laid before there were any."""
    menus = Menus.objects.first()
    if menus is None or menus.footer_links.filter(address="/partnerships/").exists():
        return
    menus.footer_links.add(FooterLink(group="find", label="Partnerships", address="/partnerships/", sort_order=100))
    menus.save()


def _target(target: str) -> dict[str, Any]:
    if target.startswith("/"):
        return {"address": target}
    return {"page": Page.objects.get(slug=target, depth__in=(3, 4))}
