"""Each Monday, one line of what changed in a place for those who coordinate or follow it; none where nothing did."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from notifications.domain.digesting import send_digests
from notifications.domain.preferring import stop_emails
from notifications.models import Message, Notice
from partnerships.history.domain import telling
from partnerships.history.domain.telling import KIND, tell_changes
from partnerships.history.domain.watching import follow_place, mark_changes_read
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.history import ago, old, published
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.places import place

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 30, 0, 40, tzinfo=datetime.UTC)


def test_the_week_is_told_once_to_who_coordinates_or_follows_and_stopped_like_every_digest():
    here = gazetteer()[MIDDLESBROUGH]
    coordinator = CoordinatorFactory(place=place())
    follower, reader, stopped, gone = UserFactory(), UserFactory(), UserFactory(), UserFactory(is_active=False)
    with time_machine.travel(MONDAY - datetime.timedelta(days=3), tick=True):
        InitiativeFactory(title="Before", first_published_at=ago(6))
        for person in (follower, stopped, gone):
            follow_place(here, user=person, follows=True)
        follow_place(here, user=coordinator, follows=True)  # both: still one line
        mark_changes_read(here, user=reader, up_to=timezone.now())
        assert tell_changes() == 0  # the week before they followed is not told of
    stop_emails(stopped, [KIND.name])
    quiet = CoordinatorFactory(place=place("cardiff"))
    with time_machine.travel(MONDAY, tick=True):
        now = timezone.now()
        InitiativeFactory(title="Chess", first_published_at=now - datetime.timedelta(days=2))
        InitiativeFactory(title="This week", first_published_at=now)
        InitiativeFactory(title="Too long ago", first_published_at=now - datetime.timedelta(days=8))
        InitiativeFactory(title="Next door", places=[HARTLEPOOL], first_published_at=now - datetime.timedelta(days=2))
        published(old(title="Mends"), 3, summary="Another.")
        assert tell_changes() == 1
        assert tell_changes() == 0
        lines = Notice.objects.order_by("user")
        assert [line.user for line in lines] == [coordinator, follower, stopped]
        line = lines[0]
        assert line.title == "Changed in Middlesbrough, 23 November to 29 November: 1 opened, 1 changed"
        assert line.detail == "New here: 1\nChanged: 1"  # no title that may be withdrawn before it is mailed
        assert line.path == "/places/middlesbrough/changes/?since=2026-11-23"
        assert send_digests() == 0
    with time_machine.travel(MONDAY.replace(hour=7, minute=1), tick=True):
        assert send_digests() == 2
        sent = Message.objects.get(user=follower)
        assert "Changed in Middlesbrough, 23 November to 29 November" in sent.subject
        assert (
            "New here: 1" in sent.body
            and "Chess" not in sent.body
            and "/places/middlesbrough/changes/?since=2026-11-23" in sent.body
        )
        assert sent.unsubscribe_url
        assert not Message.objects.filter(user__in=[quiet, stopped, reader, gone]).exists()
        mark_changes_read(here, user=follower, up_to=timezone.now())
        assert Notice.objects.get(user=follower).read_at
    with time_machine.travel(MONDAY + datetime.timedelta(days=7), tick=True):
        assert tell_changes() == 1  # what was listed on the Monday itself
        assert Notice.objects.filter(title="Changed in Middlesbrough, 30 November to 6 December: 1 opened").count() == 3
    with time_machine.travel(MONDAY + datetime.timedelta(days=16), tick=True):
        assert tell_changes() == 0
    assert mail.outbox is not None


def test_a_place_that_cannot_be_told_of_keeps_nobody_from_hearing_of_the_others(monkeypatch, caplog):
    with time_machine.travel(MONDAY - datetime.timedelta(days=3)):
        for code in (MIDDLESBROUGH, HARTLEPOOL):
            follow_place(gazetteer()[code], user=UserFactory(), follows=True)
    reads = telling.events_in

    def reads_or_fails(place, *when):
        if place.code == HARTLEPOOL:
            raise ValueError("a row nobody can read")
        return reads(place, *when)

    with time_machine.travel(MONDAY, tick=True):
        InitiativeFactory(places=[MIDDLESBROUGH, HARTLEPOOL], first_published_at=ago(2))
        monkeypatch.setattr(telling, "events_in", reads_or_fails)
        assert tell_changes() == 1
        assert f"What changed in {HARTLEPOOL} could not be told" in caplog.text
        monkeypatch.setattr(telling, "events_in", reads)
        assert tell_changes() == 1
