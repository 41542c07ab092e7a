"""Who may do what in the CMS."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.domain.granting import make_administrator, make_editor, make_moderator
from accounts.models import User
from pages.models import GuidanceIndexPage, GuidancePage, HomePage, Menus, NewsIndexPage, NewsPage, StandardPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


@pytest.fixture(autouse=True)
def _second_factor_not_asked(settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]  # that door has tests of its own


def _client(role: str) -> Client:
    client = Client()
    if role != "visitor":
        user = User.objects.create_user(f"{role}@people.example")
        {
            "member": lambda _: None,
            "editor": make_editor,
            "moderator": make_moderator,
            "administrator": make_administrator,
        }[role](user)
        client.force_login(user)
    return client


@pytest.mark.parametrize("role", ["visitor", "member"])
def test_the_cms_is_closed_to_those_without_a_role(role: str) -> None:
    response = _client(role).get("/cms/")
    assert response.status_code == 302
    assert "/login/" in response["Location"] or response["Location"].startswith("/accounts/")


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_those_who_edit_write_and_publish(role: str) -> None:
    client = _client(role)
    index = NewsIndexPage.objects.get()
    assert client.get("/cms/").status_code == 200
    form = client.get(f"/cms/pages/add/pages/newspage/{index.pk}/")
    assert form.status_code == 200
    sent = {
        "title": "A new item",
        "slug": "a-new-item",
        "date": "2026-11-24",
        "summary": "What is new.",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "action-publish",
    }
    assert client.post(f"/cms/pages/add/pages/newspage/{index.pk}/", sent).status_code == 302
    assert NewsPage.objects.get(slug="a-new-item").live
    assert Client().get("/news/a-new-item/").status_code == 200


def test_moderators_enter_and_edit_no_page() -> None:
    client = _client("moderator")
    assert client.get("/cms/").status_code == 200
    page = GuidancePage.objects.live()[0]
    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 302


@pytest.mark.parametrize(("role", "shown"), [("editor", False), ("moderator", True), ("administrator", True)])
def test_those_who_clear_see_the_way_to_the_queue(role: str, shown: bool) -> None:
    html = _client(role).get("/cms/").content.decode()
    assert ("Waiting for clearance" in html) == shown


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("moderator", 302), ("visitor", 302)])
def test_editors_change_the_menus(role: str, status: int) -> None:
    menus = Menus.objects.get()
    assert _client(role).get(f"/cms/settings/pages/menus/{menus.pk}/").status_code == status


def test_a_preview_may_be_framed_by_the_cms_and_the_page_itself_by_nobody() -> None:
    client = _client("editor")
    page = GuidancePage.objects.get(slug="keeping-entries-alive")
    preview = client.get(f"/cms/pages/{page.pk}/view_draft/")
    assert preview.status_code == 200
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in Client().get(page.url)["Content-Security-Policy"]


def test_there_is_one_home_one_guidance_list_and_one_news_list() -> None:
    home = HomePage.objects.get()
    for model in (HomePage, GuidanceIndexPage, NewsIndexPage):
        assert not model.can_create_at(home)
    assert StandardPage.can_create_at(home)
    assert not NewsPage.can_create_at(home)
    assert not GuidancePage.can_create_at(NewsIndexPage.objects.get())
