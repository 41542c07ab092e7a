"""Visitors read the CMS: every page answers, is well formed, and leads somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from pages.models import HomePage, NewsIndexPage
from tests.factories.pages import GuidancePageFactory, NewsPageFactory

pytestmark = pytest.mark.django_db


class _Outline(HTMLParser):
    """Headings of the page and addresses it leads to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a" and (href := dict(attrs).get("href")):
            self.links.add(href)


def _published() -> list[Page]:
    return list(Page.objects.live().filter(depth__gt=1).order_by("path"))


def test_every_seeded_page_answers_a_visitor(seeded: None, client: Client) -> None:
    for page in _published():
        assert client.get(page.url).status_code == 200, page.url


def test_every_seeded_page_has_one_first_heading_and_skips_no_level(seeded: None, client: Client) -> None:
    for page in _published():
        html = client.get(page.url).content.decode()
        headings = _Outline(html[html.index("<main") : html.index("</main>")]).headings
        assert headings[:1] == [1] and headings.count(1) == 1, (page.url, headings)
        assert all(after <= before + 1 for before, after in pairwise(headings)), (
            page.url,
            headings,
        )


def test_every_link_of_ours_in_a_seeded_page_leads_somewhere(seeded: None, client: Client) -> None:
    found = {link for page in _published() for link in _Outline(client.get(page.url).content.decode()).links}
    ours = sorted({urlsplit(link).path for link in found if link.startswith("/") and not link.startswith("/static/")})
    assert "/guidance/what-to-register/" in ours
    for path in ours:
        status = client.get(path).status_code
        assert status in {200, 302}, (path, status)


def test_a_draft_is_not_public(seeded: None, client: Client) -> None:
    GuidancePageFactory(title="Not yet", slug="not-yet", live=False)
    NewsPageFactory(title="Not yet either", slug="not-yet-either", live=False)
    assert client.get("/guidance/not-yet/").status_code == 404
    assert "Not yet" not in client.get("/guidance/").content.decode()
    assert "Not yet" not in client.get("/news/").content.decode()
    assert "Not yet" not in client.get("/").content.decode()
    assert "not-yet" not in client.get("/sitemap-pages.xml").content.decode()


def test_the_home_page_of_an_empty_registry_says_what_to_do(seeded: None, client: Client) -> None:
    html = client.get("/").content.decode()
    assert HomePage.objects.get().hero_heading in html
    assert "Nothing has been registered yet" in html


def test_what_and_where_lead_to_the_search(seeded: None, client: Client) -> None:
    html = client.get("/").content.decode()
    form = re.search(r'<form[^>]*action="/search/".*?</form>', html, re.DOTALL)
    assert form and 'name="q"' in form[0] and 'name="where"' in form[0] and 'method="get"' in form[0]


def test_news_stands_newest_first_ten_a_page(seeded: None, client: Client) -> None:
    for number in range(12):
        NewsPageFactory(title=f"Item {number:02}", date=f"2027-01-{number + 1:02}")
    first = client.get("/news/").content.decode()
    assert first.index("Item 11") < first.index("Item 10") < first.index("Item 02")
    assert "Item 01" not in first
    assert 'href="?page=2"' in first
    assert "Item 01" in client.get("/news/?page=2").content.decode()


@pytest.mark.parametrize("number", ["0", "999", "x", "", "-1", "\x00", "9" * 5000])
def test_a_page_number_that_does_not_exist_gives_the_nearest(seeded: None, client: Client, number: str) -> None:
    assert client.get("/news/", {"page": number}).status_code == 200


@pytest.mark.parametrize("items", [1, 30])
def test_the_news_list_asks_the_database_as_often_for_one_item_as_for_thirty(
    seeded: None, client: Client, items: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index = NewsIndexPage.objects.get()
    for child in index.get_children():
        child.delete()
    for _ in range(items):
        NewsPageFactory(parent=NewsIndexPage.objects.get())
    client.get("/news/")
    with django_assert_num_queries(9):
        client.get("/news/")


@pytest.mark.parametrize("items", [1, 30])
def test_the_guidance_list_asks_as_often_for_one_page_as_for_thirty(
    seeded: None, client: Client, items: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(items):
        GuidancePageFactory()
    client.get("/guidance/")
    with django_assert_num_queries(8):
        client.get("/guidance/")


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "مرحبا بالعالم", "👩‍🎓" * 20])
def test_what_an_editor_types_is_shown_as_typed(seeded: None, client: Client, typed: str) -> None:
    page = NewsPageFactory(title=typed, summary=typed)
    for address in (page.url, "/news/"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert (typed if "<" not in typed else "&lt;script&gt;alert") in html
