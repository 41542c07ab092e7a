"""What search engines, feed readers and those who report a weakness ask for."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_robots_are_led_to_the_sitemap_and_kept_from_the_doors(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /cms/" in text
    assert "/sitemap.xml" in text


def test_the_sitemap_lists_pages_and_places(seeded: None, client: Client) -> None:
    index = client.get("/sitemap.xml")
    assert index.status_code == 200
    sections = [node.text or "" for node in ElementTree.fromstring(index.content).iter() if node.tag.endswith("loc")]
    assert {url.rsplit("/", 1)[1] for url in sections} >= {
        "sitemap-pages.xml",
        "sitemap-initiatives.xml",
        "sitemap-organisations.xml",
        "sitemap-places.xml",
    }
    assert "/guidance/keeping-entries-alive/" in client.get("/sitemap-pages.xml").content.decode()
    assert "/places/" in client.get("/sitemap-places.xml").content.decode()


def test_the_sitemap_names_no_organisation_that_is_not_public(client: Client) -> None:
    for slug, is_public in (("seen", True), ("unseen", False)):
        Organisation.objects.create(name=slug, slug=slug, kind="charity", is_public=is_public)
    text = client.get("/sitemap-organisations.xml").content.decode()
    assert "/seen/" in text
    assert "/unseen/" not in text


@pytest.mark.parametrize("address", ["/sitemap-nothing.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_sitemap_that_does_not_exist_is_not_found(seeded: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_news_feed_carries_the_news(seeded: None, client: Client) -> None:
    response = client.get("/feeds/news/")
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "Stepping Stones opens its registry" in response.content.decode()


def test_a_weakness_can_be_reported(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: " in text
    assert "Expires: " in text


def test_the_old_address_of_the_icon_leads_to_it(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
