"""A person's own pages, and people in the CMS and Django's admin."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PASSWORD, AdministratorFactory, ModeratorFactory, UserFactory, sign_in

pytestmark = pytest.mark.django_db

OUTSIDE = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/inactive/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/x-y/",
]
INSIDE = [
    "/account/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/reauthenticate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/3rdparty/",
]


def has_inline_code(page: str) -> bool:
    runs = [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag and "application/json" not in tag]
    return bool(runs or re.search(r"\son\w+=|\sstyle=|<style", page))


@pytest.mark.parametrize("url", OUTSIDE)
def test_a_visitors_page_answers_without_inline_code(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert not has_inline_code(answer.content.decode())


@pytest.mark.parametrize("url", INSIDE)
def test_a_persons_page_answers_without_inline_code_and_a_visitor_is_sent_to_sign_in(client: Client, url: str) -> None:
    if url != "/accounts/logout/":
        assert client.get(url).url.startswith("/accounts/login/")
    user = ModeratorFactory(password=PASSWORD)
    RecoveryCodes.activate(user)
    sign_in(client, user)
    answer = client.get(url)
    assert answer.status_code == 200
    assert not has_inline_code(answer.content.decode())


def test_a_member_sets_a_password_later(client: Client) -> None:
    sign_in(client, UserFactory())
    assert client.get("/accounts/password/set/").status_code == 200


def test_the_name_is_changed_and_a_bad_one_is_refused(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    assert client.post("/account/", {"name": " New\x00  Name "}).status_code == 302
    user.refresh_from_db()
    assert user.name == "New Name"
    answer = client.post("/account/", {"name": "x" * 500})
    assert answer.status_code == 400
    assert "x" * 500 in answer.content.decode()
    user.refresh_from_db()
    assert user.name == "New Name"


def test_an_administrator_adds_finds_and_edits_a_person_in_the_cms(client: Client) -> None:
    sign_in(client, AdministratorFactory())
    assert client.get("/cms/users/").status_code == 200
    form = client.get("/cms/users/new/").content.decode()
    assert 'name="name"' in form
    assert "password" not in form.lower().replace("password_", "")
    group = Group.objects.get_or_create(name="Editors")[0]
    answer = client.post("/cms/users/new/", {"email": "Ed@People.example", "name": "Ed", "groups": [group.pk]})
    assert answer.status_code == 302
    person = User.objects.get(email="ed@people.example")
    assert (person.name, person.has_usable_password(), list(person.groups.all())) == ("Ed", False, [group])
    assert not EmailAddress.objects.get(user=person).verified
    assert "Ed" in client.get("/cms/users/?q=ed@people").content.decode()
    assert client.get("/cms/users/?ordering=name").status_code == 200
    data = {"email": "ed@people.example", "name": "Edna", "groups": [], "is_active": "on", "is_superuser": "on"}
    assert client.post(f"/cms/users/edit/{person.pk}/", data).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.is_superuser, person.is_staff) == ("Edna", True, True)


def test_an_address_that_another_person_uses_is_refused_in_the_cms(client: Client) -> None:
    sign_in(client, AdministratorFactory())
    UserFactory(email="ann@people.example")
    answer = client.post("/cms/users/new/", {"email": "ANN@people.example", "name": "Other"})
    assert answer.status_code == 200
    assert User.objects.filter(email__iexact="ann@people.example").count() == 1


@pytest.mark.parametrize("page", ["user/", "user/add/", "user/{pk}/change/", "coordination/", "coordination/add/"])
def test_djangos_admin_shows_people_and_coordinations(client: Client, page: str) -> None:
    user = AdministratorFactory()
    sign_in(client, user)
    assert client.get(f"/django-admin/accounts/{page.format(pk=user.pk)}").status_code == 200
