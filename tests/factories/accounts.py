"""People of every role, and a session that is signed in as one of them."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import factory
from allauth.account.internal.flows import login as records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from accounts.domain.granting import (
    ensure_groups,
    grant_coordination,
    make_editor,
    make_moderator,
    make_safeguarding_contact,
)
from accounts.models import User

PASSWORD = "a plain phrase of words"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """Someone with a verified address and no role, here for a year. `password=` sets one; else they use a code."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Person {number}")
    email = factory.Sequence(lambda number: f"person{number}@people.example")
    date_joined = factory.LazyFunction(lambda: timezone.now() - timedelta(days=400))

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        with_factor = kwargs.pop("with_factor", False)
        user = model_class.objects.create_user(*args, **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if with_factor:
            TOTP.activate(user, TOTP_SECRET)
        return user


class ModeratorFactory(UserFactory):
    """A moderator with an authenticator app (`with_factor=False`: without)."""

    with_factor = True

    @factory.post_generation
    def role(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # self is the user
        ensure_groups()
        make_moderator(self)


class SafeguardingContactFactory(UserFactory):
    """Named for worries about a child, with an authenticator app, and no moderator."""

    with_factor = True

    @factory.post_generation
    def role(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # self is the user
        make_safeguarding_contact(self)


class EditorFactory(UserFactory):
    """A CMS editor."""

    @factory.post_generation
    def role(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # self is the user
        ensure_groups()
        make_editor(self)


class AdministratorFactory(UserFactory):
    """An administrator with an authenticator app (`with_factor=False`: without)."""

    is_staff = True
    is_superuser = True
    with_factor = True


class CoordinatorFactory(UserFactory):
    """A coordinator: `CoordinatorFactory(place=some_place)`, or `places=[...]`."""

    @factory.post_generation
    def place(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # self is the user
        if extracted:
            grant_coordination(self, extracted, by=None)

    @factory.post_generation
    def places(self: User, create: bool, extracted: Any, **kwargs: Any) -> None:  # type: ignore[misc]  # self is the user
        for place in extracted or ():
            grant_coordination(self, place, by=None)


def sign_in(client: Client, user: User, *, second_factor: bool | None = None) -> Client:
    """Sign the client in as if through allauth; a person with a factor has shown it unless `second_factor=False`."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    factor = Authenticator.objects.filter(user=user).first()
    if factor and second_factor is not False:
        session = client.session
        session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": factor.type, "id": factor.pk, "at": time.time(), "reauthenticated": True}
        ]
        session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client


def just_signed_in(client: Client, user: User) -> Client:
    """By e-mailed code, a moment ago: pages that ask once more who one is let them in."""
    sign_in(client, user, second_factor=False)
    session = client.session
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "code", "at": time.time()}]
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session.save()
    return client
