"""Google and Microsoft: there only where they are set up, and believed only where they can be."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings as configured
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.models import User
from config.signing_in import _social
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
APP = [{"client_id": "an id", "secret": "a secret", "key": ""}]


def switched_on(settings: Any, *names: str) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {
        name: {**provider, "APPS": APP if name in names else []}
        for name, provider in configured.SOCIALACCOUNT_PROVIDERS.items()
    }


def test_without_settings_there_is_no_button(client: Client) -> None:
    for page in ("/accounts/login/", "/accounts/signup/"):
        text = client.get(page).content.decode()
        assert "Google" not in text
        assert "Microsoft" not in text


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_each_is_switched_on_by_its_own_settings(client: Client, settings: Any, name: str) -> None:
    switched_on(settings, name)
    text = client.get("/accounts/login/").content.decode()
    assert ("Google" in text, "Microsoft" in text) == (name == "google", name == "microsoft")


def test_an_id_without_its_secret_switches_nothing_on() -> None:
    assert _social("an id", "")["APPS"] == []
    assert _social("", "a secret")["APPS"] == []
    assert len(_social("an id", "a secret")["APPS"]) == 1


def arrives(settings: Any, name: str, email: str, *, verified: bool) -> tuple[SocialLogin, Any]:
    """What a provider's answer makes of the person, up to the look-up by address."""
    switched_on(settings, name)
    request = RequestFactory().get("/")
    SessionMiddleware(lambda asked: HttpResponse()).process_request(request)
    MessageMiddleware(lambda asked: HttpResponse()).process_request(request)
    with context.request_context(request):
        provider = get_adapter().get_provider(request, name)
        answers = {
            "google": {"sub": "1", "email": email, "email_verified": verified}
            | {"name": "Ann Smith", "given_name": "Ann", "family_name": "Smith"},
            "microsoft": {"id": "1", "mail": email, "displayName": "Ann Smith", "givenName": "Ann", "surname": "Smith"},
        }
        login = provider.sociallogin_from_response(request, answers[name])
        login.lookup()
    return login, provider


def test_an_address_google_has_verified_opens_the_account_that_is_there(settings: Any) -> None:
    user = UserFactory(email="ann@people.example")
    login, _provider = arrives(settings, "google", "ann@people.example", verified=True)
    assert login.user == user


def test_an_address_google_has_not_verified_opens_nothing(settings: Any) -> None:
    UserFactory(email="ann@people.example")
    login, _provider = arrives(settings, "google", "ann@people.example", verified=False)
    assert login.user.pk is None


def test_an_address_microsoft_claims_opens_nothing_and_is_not_verified(settings: Any) -> None:
    UserFactory(email="ann@people.example")
    login, _provider = arrives(settings, "microsoft", "ann@people.example", verified=True)
    assert login.user.pk is None
    assert not any(address.verified for address in login.email_addresses)


def test_an_account_that_was_connected_from_inside_is_opened(settings: Any) -> None:
    user = UserFactory()
    SocialAccount.objects.create(user=user, provider="microsoft", uid="1")
    login, _provider = arrives(settings, "microsoft", "whatever@people.example", verified=True)
    assert login.user == user
    assert not EmailAddress.objects.filter(email="whatever@people.example").exists()


@pytest.mark.parametrize("name", ["google", "microsoft"])
def test_the_name_comes_along(settings: Any, name: str) -> None:
    login, _provider = arrives(settings, name, "new@people.example", verified=True)
    assert login.user.name == "Ann Smith"
    assert not User.objects.exists()


def test_going_there_needs_a_click_on_our_page_first(client: Client, settings: Any) -> None:
    switched_on(settings, "google")
    assert client.get("/accounts/google/login/").status_code == 200
    assert (
        "accounts.google.com"
        in client.post("/accounts/google/login/").get("Location", "")
        + client.post("/accounts/google/login/").content.decode()
    )


@pytest.mark.parametrize("page", ["/accounts/3rdparty/login/cancelled/", "/accounts/3rdparty/login/error/"])
def test_turning_back_or_failing_there_says_how_to_go_on(client: Client, page: str) -> None:
    assert "/accounts/login/" in client.get(page).content.decode()
