"""Editors word and order the navigation and the footer."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pages.models import FooterLink, Menus, NavigationLink, StandardPage
from pages.queries import shown_menus

pytestmark = pytest.mark.django_db


def test_the_registrys_rooms_are_there_before_any_menu_is() -> None:
    assert [link.url for link in shown_menus().navigation] == ["/initiatives/", "/places/", "/organisations/"]


def test_an_editors_change_shows_at_once(seeded: None, client: Client) -> None:
    assert "Where we act" not in client.get("/about/").content.decode()
    menus = Menus.objects.get()
    menus.navigation_links.add(NavigationLink(label="Where we act", address="/places/", sort_order=-1))
    menus.footer_links.add(FooterLink(label="Our code", address="https://code.example/"))
    menus.footer_text = "Made together."
    menus.save()
    html = client.get("/about/").content.decode()
    assert html.index("Where we act") < html.index("Find support")
    assert "https://code.example/" in html
    assert "Made together." in html


def test_a_link_follows_its_page(seeded: None) -> None:
    assert "/about/" in _footer_urls()
    page = StandardPage.objects.get(slug="about")
    page.slug = "who-we-are"
    page.save_revision().publish()
    Menus.objects.get().save()
    assert "/who-we-are/" in _footer_urls()
    page.unpublish()
    Menus.objects.get().save()
    assert not {"/about/", "/who-we-are/"} & set(_footer_urls())


def test_the_part_one_is_in_is_marked(seeded: None, client: Client) -> None:
    html = client.get("/guidance/keeping-entries-alive/").content.decode()
    nav = html[html.index("<nav") : html.index("</nav>")]
    assert nav.count("aria-current") == 1
    assert 'aria-current="' in nav.split('href="/guidance/"')[1].split(">")[0]


def test_menus_cost_no_query_once_they_are_read(
    seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shown_menus()
    with django_assert_num_queries(0):
        shown_menus()


@pytest.mark.parametrize(
    "fields",
    [
        {"label": "Nowhere"},
        {"address": "/places/"},
        {"label": "Script", "address": "javascript:alert(1)"},
        {"label": "Elsewhere", "address": "//evil.example/"},
        {"label": "Words", "address": "places"},
    ],
)
def test_a_link_that_leads_nowhere_is_not_accepted(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        NavigationLink(menus=Menus(pk=1), **fields).full_clean(exclude=["menus"])


def _footer_urls() -> list[str]:
    return [link.url for group in shown_menus().groups for link in group.links]


def test_visitors_find_partnerships_in_the_header_too(seeded: None, client: Client) -> None:
    html = client.get("/about/").content.decode()
    nav = html[html.index('<nav class="site-nav"') : html.index("</nav>")]
    assert nav.count('href="/partnerships/"') == 1
