"""Moderators and administrators show a second factor before their role takes effect."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from accounts.middleware import SecondFactorMiddleware
from accounts.permissions import is_administrator, is_moderator
from tests.factories.accounts import (
    PASSWORD,
    TOTP_SECRET,
    AdministratorFactory,
    EditorFactory,
    ModeratorFactory,
    UserFactory,
    sign_in,
)

pytestmark = pytest.mark.django_db


def code(secret: str = TOTP_SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("factory", [ModeratorFactory, AdministratorFactory])
@pytest.mark.parametrize("page", ["/cms/", "/cms/pages/", "/django-admin/"])
def test_without_a_factor_a_privileged_page_leads_to_setting_one_up(client: Client, factory: Any, page: str) -> None:
    sign_in(client, factory(with_factor=False))
    answer = client.get(page, follow=True)
    assert answer.redirect_chain[0][0] == "/accounts/2fa/"
    assert "Set up an authenticator app or a passkey" in answer.content.decode()


@pytest.mark.parametrize("page", ["/cms/", "/django-admin/"])
def test_a_session_that_has_not_shown_its_factor_is_asked_for_it(client: Client, page: str) -> None:
    sign_in(client, AdministratorFactory(), second_factor=False)
    answer = client.get(page)
    assert answer.url == f"/accounts/2fa/reauthenticate/?next={page.replace('/', '%2F')}"
    confirmed = client.post("/accounts/2fa/reauthenticate/", {"code": code(), "next": page})
    assert confirmed.url == page
    assert client.get(page).status_code == 200


def test_signing_in_with_a_password_asks_for_the_second_step(client: Client) -> None:
    user = AdministratorFactory(password=PASSWORD)
    answer = client.post("/accounts/login/?next=/cms/", {"login": user.email, "password": PASSWORD})
    assert answer.url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    assert "passkey" not in client.get(answer.url).content.decode(), "this person has an app and no key"
    assert "incorrect" in client.post(answer.url, {"code": "000000"}).content.decode().lower()
    assert client.post(answer.url, {"code": code()}).status_code == 302
    assert client.get("/cms/").status_code == 200


def test_a_recovery_code_is_a_second_step_once(client: Client) -> None:
    user = AdministratorFactory(password=PASSWORD)
    recovery = RecoveryCodes.activate(user).get_unused_codes()[0]
    for expected in (200, 302):
        client.logout()
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        client.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert client.get("/cms/").status_code == expected


def test_guessing_the_second_step_is_stopped(client: Client) -> None:
    user = AdministratorFactory(password=PASSWORD)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert "_auth_user_id" not in client.session


def test_an_old_session_and_a_password_cannot_add_or_take_away_a_factor(client: Client) -> None:
    sign_in(client, ModeratorFactory(password=PASSWORD), second_factor=False)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for page in ("webauthn/add/", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", ""):
        assert client.get(f"/accounts/2fa/{page}").url.startswith("/accounts/2fa/reauthenticate/"), page
    assert Authenticator.objects.count() == 1


def test_a_code_or_key_from_elsewhere_does_not_count_for_another_person(client: Client) -> None:
    sign_in(client, AdministratorFactory())
    records = dict(client.session.items())
    sign_in(client, AdministratorFactory(), second_factor=False)
    session = client.session
    session["account_authentication_methods"] = records["account_authentication_methods"]
    session["account_authentication_methods_user"] = records["account_authentication_methods_user"]
    session.save()
    assert client.get("/cms/").status_code == 302


def test_the_role_sleeps_everywhere_and_the_rest_of_the_site_stays_open(client: Client) -> None:
    user = ModeratorFactory()
    sign_in(client, user, second_factor=False)
    page = client.get("/account/")
    assert page.status_code == 200
    assert "Show it now" in page.content.decode()
    seen = page.wsgi_request.user
    assert not is_moderator(seen)
    sign_in(client, user)
    assert is_moderator(client.get("/account/").wsgi_request.user)


def test_an_administrator_who_is_refused_is_led_to_the_second_factor(client: Client) -> None:
    request: HttpRequest = RequestFactory().get("/moderation/")
    sign_in(client, AdministratorFactory(), second_factor=False)
    request.session = client.session
    answer = SecondFactorMiddleware(lambda asked: HttpResponse(status=200 if is_administrator(asked.user) else 403))(
        request
    )
    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=%2Fmoderation%2F")


@pytest.mark.parametrize("factory", [UserFactory, EditorFactory])
def test_members_and_editors_need_none(client: Client, factory: Any) -> None:
    sign_in(client, factory())
    assert client.get("/account/").status_code == 200
    assert client.get("/cms/").status_code in {200, 302, 403}
    assert "2fa" not in client.get("/cms/").get("Location", "")


def test_the_setting_switches_it_off(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    sign_in(client, AdministratorFactory(with_factor=False))
    assert client.get("/cms/").status_code == 200
    assert client.get("/django-admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_new_moderator_sets_up_an_app_and_comes_in(client: Client) -> None:
    sign_in(client, ModeratorFactory(with_factor=False))
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert client.post("/accounts/2fa/totp/activate/", {"code": code(secret)}).status_code == 302
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert client.get("/cms/").status_code == 200


def test_who_has_only_a_key_is_asked_for_the_key(client: Client) -> None:
    user = AdministratorFactory(with_factor=False)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}})
    RecoveryCodes.activate(user)
    sign_in(client, user, second_factor=False)
    assert client.get("/cms/").url == "/accounts/2fa/webauthn/reauthenticate/?next=%2Fcms%2F"
