"""Events between rooms: after the commit, to each listener, whatever another does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from notifications.announcing import announce, subscribe, unsubscribe

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Happened:
    number: int


@dataclass(frozen=True)
class SomethingElse:
    number: int


heard: list[Happened] = []


def fails(event: Happened) -> None:
    raise RuntimeError("this listener is broken")


def listens(event: Happened) -> None:
    heard.append(event)


@pytest.fixture(autouse=True)
def listeners() -> Iterator[None]:
    heard.clear()
    for handler in (fails, listens, listens):
        subscribe(Happened, handler)
    yield
    unsubscribe(Happened, fails)
    unsubscribe(Happened, listens)


def test_a_listener_hears_once_after_the_commit_though_another_fails() -> None:
    with transaction.atomic():
        announce(Happened(1))
        assert heard == []
    assert heard == [Happened(1)]


def test_nobody_hears_of_what_was_rolled_back() -> None:
    with transaction.atomic():
        announce(Happened(2))
        transaction.set_rollback(True)
    assert heard == []


def test_only_listeners_of_that_kind_hear() -> None:
    announce(SomethingElse(3))
    assert heard == []
