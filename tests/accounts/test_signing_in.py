"""Signing up and in by code, password reset, and what none of them gives away."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory, sign_in

pytestmark = pytest.mark.django_db


class DownBackend(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture(autouse=True)
def site(settings: Any) -> None:
    settings.SITE_URL = "https://stones.example"


def sent_code() -> str:
    found = re.search(r"^([A-Z0-9]{3,4}-[A-Z0-9]{3,4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group(1)


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def ask_for_code(client: Client, email: str) -> Any:
    return client.post("/accounts/login/code/?next=/places/", {"email": email, "next": "/places/"})


def test_a_code_by_e_mail_signs_in_and_leads_back(client: Client) -> None:
    user = UserFactory()
    asked = ask_for_code(client, user.email.upper())
    assert asked.url == "/accounts/login/code/confirm/?next=%2Fplaces%2F"
    answer = client.post(asked.url, {"code": sent_code().lower()})
    assert (answer.status_code, answer.url) == (302, "/places/")
    assert signed_in_as(client) == str(user.pk)


def test_the_mail_is_plain_text_with_the_sites_address(client: Client) -> None:
    ask_for_code(client, UserFactory().email)
    (sent,) = mail.outbox
    assert sent.content_subtype == "plain"
    assert not getattr(sent, "alternatives", [])
    assert "https://stones.example" in sent.body
    assert "testserver" not in sent.body


def test_three_wrong_codes_and_the_right_one_is_void(client: Client) -> None:
    ask_for_code(client, UserFactory().email)
    right = sent_code()
    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert signed_in_as(client) is None


def test_a_code_is_too_old_after_ten_minutes(client: Client) -> None:
    ask_for_code(client, UserFactory().email)
    right = sent_code()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        client.post("/accounts/login/code/confirm/", {"code": right})
    assert signed_in_as(client) is None


def test_a_code_works_once_and_only_in_the_browser_that_asked(client: Client) -> None:
    ask_for_code(client, UserFactory().email)
    right = sent_code()
    other = Client()
    other.post("/accounts/login/code/confirm/", {"code": right})
    assert signed_in_as(other) is None
    client.post("/accounts/login/code/confirm/", {"code": right})
    client.post("/accounts/logout/")
    client.post("/accounts/login/code/confirm/", {"code": right})
    assert signed_in_as(client) is None


def test_a_new_code_can_be_sent(client: Client) -> None:
    user = UserFactory()
    ask_for_code(client, user.email)
    client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert len(mail.outbox) == 2
    client.post("/accounts/login/code/confirm/", {"code": sent_code()})
    assert signed_in_as(client) == str(user.pk)


def test_a_closed_account_cannot_be_entered_by_code_or_password(client: Client) -> None:
    user = UserFactory(is_active=False, password=PASSWORD)
    ask_for_code(client, user.email)
    assert "code to sign in" not in mail.outbox[-1].subject
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert signed_in_as(client) is None


def test_signing_up_needs_a_name_and_an_address_that_is_confirmed_by_code(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"name": " Ann\x00  Smith ", "email": "Ann@People.example"})
    assert answer.url.startswith("/accounts/confirm-email/")
    assert signed_in_as(client) is None
    client.post("/accounts/confirm-email/", {"code": sent_code()})
    user = User.objects.get(email="ann@people.example")
    assert user.name == "Ann Smith"
    assert not user.has_usable_password()
    assert signed_in_as(client) == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_signing_up_without_a_name_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"name": "", "email": "ann@people.example"})
    assert answer.status_code == 200
    assert "ann@people.example" in answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    client.post("/accounts/signup/", {"name": "Ann", "email": "ann@people.example", "password1": password})
    assert not User.objects.exists()


def test_a_password_may_be_chosen_at_once(client: Client) -> None:
    client.post("/accounts/signup/", {"name": "Ann", "email": "ann@people.example", "password1": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)


def test_no_page_tells_whether_an_address_has_an_account() -> None:
    UserFactory(email="known@people.example", password=PASSWORD)

    def seen(url: str, data: dict[str, str]) -> tuple[int, str, str]:
        answer = Client().post(url, data, follow=True)
        page = re.sub(r'value="[^"]{30,}"', "", answer.content.decode())
        return answer.status_code, answer.request["PATH_INFO"], page.replace(data.get("email") or data["login"], "")

    for url, field, more in (
        ("/accounts/login/code/", "email", {}),
        ("/accounts/password/reset/", "email", {}),
        ("/accounts/signup/", "email", {"name": "Ann"}),
        ("/accounts/login/", "login", {"password": "a wrong one"}),
    ):
        known = seen(url, {field: "known@people.example", **more})
        assert known == seen(url, {field: "other@people.example", **more}), url


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client: Client) -> None:
    user = UserFactory(password=PASSWORD)
    client.post("/accounts/password/reset/", {"email": user.email}, headers={"host": "localhost"})
    found = re.search(r"https://stones\.example(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found.group(1))
    answer = client.post(form.url, {"password1": "another phrase of words", "password2": "another phrase of words"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password("another phrase of words")
    again = Client().get(found.group(1), follow=True)
    assert "no longer works" in again.content.decode()


def test_a_mail_server_that_is_down_is_said_and_is_no_error_page(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DownBackend"
    answer = client.post("/accounts/login/code/", {"email": UserFactory().email}, follow=True)
    assert answer.status_code == 200
    assert "could not send the e-mail" in answer.content.decode()


@pytest.mark.parametrize("typed", ["\x00", "a" * 5000 + "@people.example", "\u202e@x", "<script>@x.example", "'; --"])
def test_nonsense_in_the_address_is_answered_and_never_an_error_page(client: Client, typed: str) -> None:
    for url, field in (
        ("/accounts/login/code/", "email"),
        ("/accounts/login/", "login"),
        ("/accounts/password/reset/", "email"),
        ("/accounts/signup/", "email"),
    ):
        answer = client.post(url, {field: typed, "password": typed, "name": typed})
        assert answer.status_code == 200, url
        assert "<script>@" not in answer.content.decode()


def test_signing_out_everywhere_else_ends_the_other_sessions(client: Client) -> None:
    user, elsewhere = UserFactory(password=PASSWORD), Client()
    for browser in (client, elsewhere):
        browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/sessions/")
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_changing_the_address_needs_a_code_sent_to_the_new_one(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    client.post("/accounts/email/", {"action_add": "", "email": "new@people.example"})
    user.refresh_from_db()
    assert user.email != "new@people.example"
    assert mail.outbox[0].to == ["new@people.example"]
    client.post("/accounts/confirm-email/", {"code": sent_code()})
    user.refresh_from_db()
    assert user.email == "new@people.example"
