"""Links that work without signing in: each for its one purpose, and refused with a sentence where they are not whole.

What each does when it is forwarded, replayed or expired stands in its room: tests/initiatives/test_still_running.py,
tests/organisations/test_people.py, tests/partnerships/test_calendars.py, tests/search/test_alerts.py,
tests/notifications/test_preferring.py and test_bouncing.py. A claim has no link: it rests on a confirmed address.
"""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts.domain.closing import close_account
from accounts.models import User
from notifications.models import FailingAddress, Preference
from search.models import SavedSearch
from tests.house.conftest import World

pytestmark = pytest.mark.django_db
# Address → the argument of the world that is its token.
LINKS = {
    "still-running": "still_running",
    "invitation": "token",
    "alerts-stop": "stop",
    "alerts-silence": "silence",
    "notifications-stop": "stop_kinds",
    "address-works": "failing",
    "partnerships-feed": "feed",
}
POSTED = set(LINKS) - {"invitation", "partnerships-feed"}


def test_a_token_of_one_purpose_a_piece_of_one_and_one_of_anybodys_open_nothing(world: World, client: Client) -> None:
    wrong = []
    for name, argument in LINKS.items():
        own = str(world.arguments[argument][0])
        tokens = [str(world.arguments[other][0]) for other in LINKS.values() if other != argument]
        tokens += [own[:-1], own + "x", own[1:], own.replace(":", ";"), "x" * 1_500, "ÄÖ", signing.dumps([1, 2, 3])]
        for token in tokens:
            address = reverse(name, args=[token])
            for method in ("get", "post") if name in POSTED else ("get",):
                answer = getattr(client, method)(address)
                says = name == "partnerships-feed" or "This link" in answer.content.decode()
                says = says or "This invitation" in answer.content.decode()
                if answer.status_code not in (404, 410) or not says:
                    wrong.append((name, method, token[:20], answer.status_code))
    assert wrong == []
    assert SavedSearch.objects.filter(by_email=True).exists() and FailingAddress.objects.exists()


def test_what_was_sent_to_somebody_who_has_closed_their_account_does_nothing_any_more(
    world: World, client: Client
) -> None:
    owner = world.users["owner"]
    assert owner is not None
    User.objects.filter(pk=world.users["editor"].pk).update(is_active=False)  # type: ignore[union-attr]
    User.objects.filter(pk=world.users["member"].pk).update(is_active=False)  # type: ignore[union-attr]
    close_account(owner)
    for name in ("still-running", "notifications-stop", "partnerships-feed", "invitation"):
        address = reverse(name, args=world.arguments[LINKS[name]])
        assert client.get(address).status_code in (404, 410), name
        assert client.post(address).status_code in (404, 405, 410), name
    for name in ("alerts-stop", "alerts-silence"):  # what they were about is gone: that is said
        assert client.post(reverse(name, args=world.arguments[LINKS[name]])).status_code == 200
    assert not Preference.objects.filter(user=owner).exists()
