"""Threads and posts as people make them."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from accounts.models import User
from discussions.domain.opening import Opening, open_thread
from discussions.domain.posting import post_message
from discussions.models import Muting, Post, Thread
from organisations.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.organisations import MembershipFactory


class MutingFactory(factory.django.DjangoModelFactory[Muting]):
    """Somebody who reads and does not write: `place=`, `until=`."""

    class Meta:
        model = Muting

    reason = "Three adverts in one day."


_numbers = itertools.count()


def member(*, of: Organisation | None = None, **columns: Any) -> User:
    """A person who belongs to an organisation, a new one unless it is given."""
    user = UserFactory(**columns)
    MembershipFactory(user=user, **({"organisation": of} if of else {}))
    return user


def new_member(**columns: Any) -> User:
    """One whose account is of yesterday."""
    return member(date_joined=timezone.now() - timedelta(days=1), **columns)


def client_id() -> str:
    return f"test-{next(_numbers)}"


def thread_by(
    user: User | None = None, *, title: str = "A thread", text: str = "The first words.", **opening: Any
) -> Thread:
    """A thread that somebody opened; it has one post."""
    opener = user or member()
    return open_thread(Opening(title, **opening), user=opener, text=text, client_id=client_id()).thread


def post_in(thread: Thread, author: User | None = None, text: str = "Some words.", **given: Any) -> Post:
    """Another post of somebody who may."""
    thread.refresh_from_db()
    return post_message(thread, author=author or member(), text=text, **{"client_id": client_id(), **given})
