"""Every door that takes a password is allauth's, with its limits and its second factor."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.factories.accounts import PASSWORD, AdministratorFactory, EditorFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db

OTHER_DOORS = ["/cms/login/", "/django-admin/login/", "/_util/login/"]


@pytest.mark.parametrize("door", OTHER_DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_packages_door_leads_to_ours_and_takes_no_password(client: Client, door: str, method: str) -> None:
    user = UserFactory(password=PASSWORD, is_staff=True)
    answer = getattr(client, method)(door, {"username": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/?next=")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("door", OTHER_DOORS)
def test_somebody_signed_in_cannot_try_others_passwords_there(client: Client, door: str) -> None:
    other = UserFactory(password=PASSWORD, is_staff=True)
    mine = EditorFactory()
    sign_in(client, mine)
    client.post(door, {"username": other.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(mine.pk)


@pytest.mark.parametrize("inside", ["/cms/", "/django-admin/"])
def test_a_visitor_is_led_to_sign_in_and_back(client: Client, inside: str) -> None:
    answer = client.get(inside, follow=True)
    assert answer.redirect_chain[-1][0] == f"/accounts/login/?next={inside}"


@pytest.mark.parametrize("inside", ["/cms/", "/django-admin/"])
def test_a_member_without_the_right_is_refused_and_not_asked_round_in_circles(client: Client, inside: str) -> None:
    sign_in(client, UserFactory())
    assert client.get(inside, follow=True).status_code == 403


def test_an_editor_enters_the_cms_and_an_administrator_both(client: Client) -> None:
    sign_in(client, EditorFactory())
    assert client.get("/cms/").status_code == 200
    assert client.get("/cms/login/?next=/cms/").url == "/cms/"
    sign_in(client, AdministratorFactory())
    assert client.get("/cms/").status_code == 200
    assert client.get("/django-admin/").status_code == 200


@pytest.mark.parametrize("door", ["/cms/login/", "/_util/login/", "/accounts/login/", "/accounts/login/code/"])
@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_away_from_the_site(client: Client, door: str, away: str) -> None:
    answer = client.get(door, {"next": away})
    assert "evil.example" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")


def test_after_signing_in_a_foreign_next_is_ignored_and_the_session_is_a_new_one(client: Client) -> None:
    user = UserFactory(password=PASSWORD)
    client.get("/accounts/login/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    answer = client.post(
        "/accounts/login/", {"login": user.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert answer.url == "/"
    assert client.session.session_key != before
    assert client.cookies["session"]["httponly"]
    assert client.cookies["session"]["samesite"] == "Lax"


def test_django_admins_page_for_a_new_password_is_allauths(client: Client) -> None:
    sign_in(client, AdministratorFactory())
    assert client.get("/django-admin/password_change/").url == "/accounts/password/change/"


@pytest.mark.parametrize("page", ["/cms/password_reset/", "/cms/password_reset/done/"])
def test_the_cms_resets_no_password(client: Client, page: str) -> None:
    assert client.get(page).status_code == 404


def too_many(client: Client, url: str, data: dict[str, Any], tries: int) -> Any:
    for _ in range(tries):
        answer = client.post(url, data)
        if answer.status_code == 429:
            break
    return answer


def test_guessing_a_password_is_stopped_for_that_account(client: Client) -> None:
    user = UserFactory(password=PASSWORD)
    for _ in range(5):
        client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert "Too many failed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_posting_to_the_sign_in_page_without_end_is_answered_429_in_plain_words(client: Client) -> None:
    answer = too_many(client, "/accounts/login/", {"login": "a@people.example", "password": "wrong"}, 31)
    assert answer.status_code == 429
    assert "Wait five minutes and try again" in answer.content.decode()


@pytest.mark.parametrize("url", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_a_mailbox_cannot_be_flooded_from_many_browsers(url: str) -> None:
    user = UserFactory(password=PASSWORD)
    for _ in range(9):
        Client().post(url, {"email": user.email})
    assert 1 <= len(mail.outbox) <= 5


def test_a_page_with_a_shared_password_has_limits_too(client: Client) -> None:
    page = Page.objects.filter(depth=2).first() or Page.get_first_root_node().add_child(title="Home", slug="h")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")
    url = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    answer = too_many(client, url, {"password": "guess", "return_url": "/"}, 11)
    assert answer.status_code == 429


def test_limits_follow_the_person_and_not_the_proxy(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    data = {"login": "a@people.example", "password": "wrong"}
    for _ in range(31):
        answer = client.post("/accounts/login/", data, headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.7"})
    assert answer.status_code == 429
    assert client.post("/accounts/login/", data, headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 200


def test_a_forged_forwarding_header_does_not_get_round_the_limits(client: Client) -> None:
    data = {"login": "a@people.example", "password": "wrong"}
    for number in range(31):
        answer = client.post("/accounts/login/", data, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert answer.status_code == 429
