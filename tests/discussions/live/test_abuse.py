"""What nobody's page ever does: each is refused with a code or a sentence, and nobody beside it notices."""

from __future__ import annotations

import asyncio
import json
import socket as system
import time
from collections import Counter

import pytest
from django.conf import settings
from django.test import Client
from websockets.asyncio.client import connect as connect_async
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from discussions.live import announcing, outlets, sockets
from discussions.live.groups import thread_group
from discussions.models import Thread
from tests.discussions.live.running import run
from tests.discussions.live.test_sockets import closed_with, next_frame
from tests.factories.accounts import sign_in
from tests.factories.discussions import member, post_in, thread_by

MEGABYTES = 12  # more than the system takes for somebody who does not read
BRACKETS = "[" * sockets.LONGEST_MESSAGE
NOT_OF_ANYONE = [
    "nobodys-session-0123456789abcdef",
    "short",
    '"\\000aaaaaaaaaaaaaaaaaaaa"',  # a quoted cookie may hold any byte
    "é" * 40,
    "x" * 3_000,
    "'; DROP TABLE django_session; --",
]


def test_brackets_without_end_are_nonsense_like_any_other(line):
    socket = line(thread_by(), member())
    next_frame(socket, "hello")
    for text in (BRACKETS, '{"t":' * 166, '{"t":' + "9" * 900 + "}", '{"t":["ping"]}', '{"t":"\\ud800"}'):
        socket.send(text)
        assert "no such action" in next_frame(socket, "refused")["why"]


@pytest.mark.parametrize("cookie", NOT_OF_ANYONE)
def test_a_session_that_is_nobodys_is_a_visitors(line, cookie):
    assert next_frame(line(thread_by(), cookie=cookie), "hello")
    members_only = thread_by(visibility="members")
    assert closed_with(line(members_only, cookie=cookie)) == sockets.SIGN_IN


def test_a_page_that_never_stops_talking_is_let_go_and_disturbs_nobody(line):
    thread = thread_by()
    talks, listens = line(thread, member()), line(thread, member())
    next_frame(listens, "hello")
    with pytest.raises(ConnectionClosed) as closed:
        for _number in range(20_000):
            talks.send('{"t":"typing"}')
        closed_with(talks)
    assert closed.value.rcvd is None or closed.value.rcvd.code == sockets.TOO_MANY
    post_in(thread, text="Undisturbed.")
    assert "Undisturbed." in next_frame(listens, "post")["html"]


def test_a_thousand_connections_of_one_person_are_thirty_and_the_others_hear_at_once(line, served):
    thread, greedy = thread_by(), member()
    listens = line(thread, member())
    next_frame(listens, "hello")
    session = sign_in(Client(), greedy).cookies[settings.SESSION_COOKIE_NAME].value
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    url = served.url.replace("http", "ws", 1) + f"/live/?thread={thread.pk}"
    ends: Counter[object] = Counter()

    async def scene() -> None:
        gate, opened = asyncio.Semaphore(50), []

        async def one() -> None:
            async with gate:
                try:
                    socket = await connect_async(url, origin=served.url, additional_headers=headers, ping_interval=None)
                    opened.append(socket)
                    ends[json.loads(await socket.recv())["t"]] += 1
                except ConnectionClosed as closed:
                    ends[closed.rcvd.code] += 1

        await asyncio.gather(*(one() for _number in range(1_000)))
        began = time.monotonic()
        await asyncio.to_thread(announcing.send, thread_group(thread.pk), s=9, frames={"en-gb": '{"t":"x"}', "cy": ""})
        await asyncio.to_thread(next_frame, listens, "x")
        assert time.monotonic() - began < 1
        await asyncio.gather(*(socket.close() for socket in opened))

    run(scene())
    assert ends == {"hello": sockets.MOST_A_PERSON, sockets.TOO_MANY: 1_000 - sockets.MOST_A_PERSON}


def test_a_page_that_stops_reading_is_let_go_while_the_others_hear_everything(line, served, monkeypatch):
    monkeypatch.setattr(outlets, "LONGEST_WAIT", 1.0)
    thread = thread_by()
    listens = line(thread, member())
    next_frame(listens, "hello")
    stuck = mute_page(served.url, thread)
    until_here(listens, people=1, visitors=1)
    group, long = thread_group(thread.pk), "x" * 1_000_000
    longest = 0.0
    for number in range(MEGABYTES):
        text = json.dumps({"t": "long", "n": number, "html": long})
        began = time.monotonic()
        announcing.send(group, s=0, frames={"en-gb": text, "cy": text})
        assert next_frame(listens, "long")["n"] == number
        longest = max(longest, time.monotonic() - began)
    assert longest < 1
    until_here(listens, people=1, visitors=0)
    heard = 0
    while part := stuck.recv(1_000_000):
        heard += len(part)
    assert 0 < heard < MEGABYTES * len(long)  # what the system had taken; then the end


def mute_page(url: str, thread: Thread) -> system.socket:
    """A page that opens its socket and never reads."""
    host, port = url.removeprefix("http://").split(":")
    stuck = system.socket()
    stuck.setsockopt(system.SOL_SOCKET, system.SO_RCVBUF, 4_096)
    stuck.settimeout(20)
    stuck.connect((host, int(port)))
    lines = [
        f"GET /live/?thread={thread.pk} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: {url}",
        *("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"),
        "Sec-WebSocket-Key: c3RlcHBpbmdzdG9uZXMxMg==",
    ]
    stuck.sendall("\r\n".join([*lines, "", ""]).encode())
    return stuck


def until_here(page: ClientConnection, **numbers: int) -> None:
    """Until a page is told that so many are here."""
    frame = next_frame(page, "here", seconds=20)
    while any(frame[kind] != number for kind, number in numbers.items()):
        frame = next_frame(page, "here", seconds=20)


def test_visitors_of_one_house_have_so_many_together_and_proxies_do_not_make_them_one(line, monkeypatch, settings):
    monkeypatch.setattr(sockets, "MOST_A_HOST", 2)
    thread = thread_by()
    standing = [line(thread) for _number in range(2)]
    for socket in standing:
        next_frame(socket, "hello")
    assert closed_with(line(thread)) == sockets.TOO_MANY
    next_frame(line(thread, member()), "hello")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    next_frame(line(thread, headers={"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}), "hello")
    next_frame(line(thread, headers={"X-Forwarded-For": "198.51.100.7"}), "hello")
    assert closed_with(line(thread, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})) == sockets.TOO_MANY
