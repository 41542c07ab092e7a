"""One e-mail of what is due: everything once, nothing that was read, whatever dies half-way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from notifications.domain import digesting
from notifications.domain.digesting import send_digests
from notifications.domain.notifying import News, notify
from notifications.domain.noting import mark_read, mark_seen
from notifications.models import Message, Notice
from notifications.queries import unread_number, unread_numbers
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def news(kind="post", *, about="discussion:1", position=1, title="Year 7s"):
    return News(
        kind=kind,
        title=lambda number: f"{number} in {title}",
        path="/discussions/1/",
        about=about,
        position=position,
        detail="Some words.",
        grows=kind == "post",
    )


def everything_is_due():
    Notice.objects.exclude(email_due_at=None).update(email_due_at=timezone.now() - timedelta(seconds=1))


def told():
    return [message.subject for message in Message.objects.order_by("pk")]


def test_many_posts_in_one_discussion_are_one_line_and_one_e_mail():
    user = UserFactory()
    for position in (1, 2, 3):
        notify(news(position=position), {user.pk: 1})
    (line,) = Notice.objects.filter(user=user)
    assert (line.title, line.number, line.position) == ("3 in Year 7s", 3, 3)
    assert send_digests() == 0
    everything_is_due()
    assert (send_digests(), send_digests()) == (1, 0)
    assert told() == ["3 in Year 7s"]


def test_a_new_line_begins_once_the_last_was_read():
    user = UserFactory()
    notify(news(), {user.pk: 2})
    mark_read(user)
    notify(news(position=3), {user.pk: 1})
    assert [line.number for line in Notice.objects.filter(user=user).order_by("pk")] == [2, 1]


def test_what_was_read_or_seen_in_the_meantime_is_in_no_e_mail():
    reader, looker, other = UserFactory.create_batch(3)
    notify(news(position=4), {user.pk: 1 for user in (reader, looker, other)})
    mark_read(reader)
    assert mark_seen(looker.pk, "discussion:1", 3) == 0
    assert mark_seen(looker.pk, "discussion:1", 4) == 1
    everything_is_due()
    assert send_digests() == 1
    assert Message.objects.get().user == other
    assert not Notice.objects.exclude(email_due_at=None).exists()


def test_a_mention_goes_at_once_with_its_words_and_a_way_to_stop(django_capture_on_commit_callbacks):
    user = UserFactory()
    with django_capture_on_commit_callbacks(execute=True):
        notify(news("mention", title="“Year 7s”"), {user.pk: 1})
        send_digests()
    (sent,) = mail.outbox
    assert sent.subject == "1 in “Year 7s”" and "Some words." in sent.body and "/discussions/1/" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/inbox/stop/" in sent.extra_headers["List-Unsubscribe"]


def test_several_things_are_one_e_mail():
    user = UserFactory()
    for number in range(3):
        notify(news("reply", position=number, title=f"Thread {number}"), {user.pk: 1})
    assert send_digests() == 1
    message = Message.objects.get()
    assert message.subject == "3 new things"
    assert [f"Thread {number}" in message.body for number in range(3)] == [True] * 3


def test_a_run_that_dies_half_way_tells_everybody_once(monkeypatch):
    users = UserFactory.create_batch(3)
    notify(news("mention"), {user.pk: 1 for user in users})
    write, written = digesting.tell, []

    def dying(*args, **kwargs):
        if len(written) == 1:
            raise RuntimeError("the power goes")
        written.append(args)
        return write(*args, **kwargs)

    monkeypatch.setattr(digesting, "tell", dying)
    with pytest.raises(RuntimeError), transaction.atomic():
        digesting._digest(users[0].pk)
        digesting._digest(users[1].pk)
    assert not Message.objects.exists()
    monkeypatch.setattr(digesting, "tell", write)
    assert send_digests() == 3
    assert send_digests() == 0
    assert sorted(message.user_id for message in Message.objects.all()) == sorted(user.pk for user in users)


def test_an_account_that_sleeps_is_told_nothing():
    user = UserFactory()
    notify(news("mention"), {user.pk: 1})
    user.is_active = False
    user.save()
    assert send_digests() == 0


@pytest.mark.parametrize("people", [1, 30])
def test_telling_thirty_asks_as_much_as_telling_one(people, django_assert_max_num_queries):
    users = UserFactory.create_batch(people)
    numbers = {user.pk: 1 for user in users}
    notify(news(), numbers)
    with django_assert_max_num_queries(5):
        notify(news(position=2), numbers)
    with django_assert_max_num_queries(1):
        assert set(unread_numbers([user.pk for user in users]).values()) == {1}
    assert unread_number(users[0]) == 1


class Once(TestCase):
    """Whatever comes in which order, each thing is told once by e-mail unless it was read before."""

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from(["post", "mention", "read", "mail"]), max_size=12))
    def test_each_thing_is_told_once(self, steps):
        Message.objects.all().delete()
        Notice.objects.all().delete()
        user = UserFactory()
        waiting, told = 0, 0
        for number, step in enumerate(steps):
            if step in ("post", "mention"):
                notify(news(step, position=number), {user.pk: 1})
                waiting += 1
            elif step == "read":
                mark_read(user)
                waiting = 0
            else:
                everything_is_due()
                before = sum(notice.emailed for notice in Notice.objects.filter(read_at=None))
                send_digests()
                after = sum(notice.emailed for notice in Notice.objects.filter(read_at=None))
                assert after - before == waiting
                told += waiting > 0
                waiting = 0
        assert Message.objects.count() == told
