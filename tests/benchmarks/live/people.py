"""Somebody to talk: people of an organisation, each with a session, and a thread."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from accounts.models import User
from discussions.domain.opening import Opening, open_thread
from discussions.models import Thread
from organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Person:
    pk: int
    session: str
    csrf: str = "a" * 32

    @property
    def cookies(self) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={self.csrf}"


def people(number: int) -> list[Person]:
    """New ones, of one organisation."""
    organisation, _made = Organisation.objects.get_or_create(
        slug="talkers", defaults={"name": "Talkers", "kind": "charity", "is_public": True}
    )
    made = []
    have = User.objects.count()
    for at in range(have, have + number):
        user = User.objects.create(email=f"talker-{at}@example.org", name=f"Talker {at}")
        Membership.objects.create(organisation=organisation, user=user, role="member")
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        made.append(Person(user.pk, client.cookies[settings.SESSION_COOKIE_NAME].value))
    return made


def thread(opener: Person, title: str = "A thread") -> Thread:
    user = User.objects.get(pk=opener.pk)
    return open_thread(Opening(title), user=user, text="The first words.", client_id=f"first-{title}").thread
