"""Who posts too fast waits, and nobody else does."""

from __future__ import annotations

import pytest
from django.test import Client

from discussions.domain.errors import TooFast
from discussions.domain.posting import post_message
from discussions.models import Post
from tests.factories.discussions import client_id, member, post_in, thread_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limited(settings, monkeypatch):
    settings.POSTS_A_MINUTE = 3
    monkeypatch.setattr("discussions.domain.limiting.time.time", lambda: 60_000_010.0)


def test_the_flooder_waits_and_the_others_do_not():
    thread, flooder, other = thread_by(), member(), member()
    for _number in range(3):
        post_in(thread, flooder)
    with pytest.raises(TooFast) as refused:
        post_in(thread, flooder)
    assert 0 < refused.value.seconds <= 60
    assert post_in(thread, other).number == 5


def test_flooding_many_discussions_is_flooding():
    flooder = member()
    threads = [thread_by() for _number in range(3)]
    sent = 0
    with pytest.raises(TooFast):
        for _turn in range(3):
            for thread in threads:
                post_in(thread, flooder)
                sent += 1
    assert sent == 6


def test_it_goes_on_in_the_next_minute(monkeypatch):
    thread, flooder, same = thread_by(), member(), client_id()
    for _number in range(3):
        post_in(thread, flooder)
    with pytest.raises(TooFast):
        post_in(thread, flooder, client_id=same)
    monkeypatch.setattr("discussions.domain.limiting.time.time", lambda: 60_000_061.0)
    assert post_in(thread, flooder, client_id=same).number == 5


def test_the_answer_says_how_long_to_wait_and_keeps_the_text():
    thread, flooder = thread_by(), member()
    for _number in range(3):
        post_message(thread, author=flooder, text="Words.", client_id=client_id())
    client = Client()
    client.force_login(flooder)
    fields = {"text": "The fourth.", "client_id": "fourth"}
    answer = client.post(f"/discussions/{thread.pk}/post/", fields)
    assert answer.status_code == 429 and int(answer["Retry-After"]) <= 60
    assert "The fourth." in answer.content.decode()
    told = client.post(f"/discussions/{thread.pk}/post/", fields, headers={"accept": "application/json"})
    assert told.status_code == 429 and "seconds" in told.json()["error"]
    assert not Post.objects.filter(client_id="fourth").exists()
