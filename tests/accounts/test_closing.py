"""Closing an account: what somebody wrote stays, and nothing tells any more who they were."""

from __future__ import annotations

import time

import pytest
from allauth.account.internal.flows import login as records
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def just_signed_in(client: Client, user: User) -> Client:
    """By e-mailed code, a moment ago."""
    sign_in(client, user)
    session = client.session
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": time.time()}]
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client


def test_whoever_types_the_words_is_gone_and_their_address_is_free(client: Client, django_capture_on_commit_callbacks):
    user = UserFactory(name="Ann Lee", email="ann@people.example")
    just_signed_in(client, user)
    assert client.get("/account/close/").status_code == 200
    wrong = client.post("/account/close/", {"word": "yes please"})
    assert wrong.status_code == 422 and "yes please" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/account/close/", {"word": "Close my account"}).url == "/account/closed/"
    assert client.get("/account/").status_code == 302
    user.refresh_from_db()
    assert (user.is_active, user.name, str(user), user.has_usable_password()) == (
        False,
        "",
        "Someone who has left",
        False,
    )
    assert not EmailAddress.objects.filter(email="ann@people.example").exists()
    assert [message.to for message in mail.outbox] == [["ann@people.example"]]
    UserFactory(name="Somebody new", email="ann@people.example")
