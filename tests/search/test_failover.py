"""A search server that is down, slow or lying: every page is answered, labelled, soon."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client

from search.engines import breaker
from search.engines.failover import FIRST_PAUSE, Breaker
from tests.factories.initiatives import InitiativeFactory

pytestmark = pytest.mark.django_db
LABEL = "so the database does"
PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
Reply = Callable[[BaseHTTPRequestHandler], None]


def _json(status: int, text: str, *, length: int | None = None) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        body = text.encode()
        handler.send_response(status)
        for name, value in PRODUCT.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(length or len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def _hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def _trickle(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then: no socket ever times out."""
    handler.send_response(200)
    for name, value in PRODUCT.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(15):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


def _another_product(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b"{}")


EMPTY = {"total": {"value": 0}, "hits": []}
FAULTS: dict[str, Reply] = {
    "hanging": _hang,
    "trickling": _trickle,
    "503": _json(503, '{"error": {"reason": "no master"}, "status": 503}'),
    "429": _json(429, '{"error": {"reason": "too many"}, "status": 429}'),
    "500 without a body": _json(500, ""),
    "truncated JSON": _json(200, '{"hits": {"total": {"va', length=23),
    "cut off in the middle": _json(200, '{"hits": {"total": {"va', length=2_000),
    "not JSON": _json(200, "<html>hello</html>"),
    "a list": _json(200, "[]"),
    "another shape": _json(200, '{"hits": []}'),
    "no counts": _json(200, json.dumps({"hits": EMPTY})),
    "timed out by itself": _json(200, json.dumps({"timed_out": True, "hits": EMPTY, "aggregations": {}})),
    "some shards failed": _json(200, json.dumps({"_shards": {"failed": 1}, "hits": EMPTY, "aggregations": {}})),
    "no index": _json(404, '{"error": {"reason": "no such index"}, "status": 404}'),
    "another product": _another_product,
}


class Server:
    """A search server that answers as it is told to, and counts how often it was asked."""

    def __init__(self, reply: Reply) -> None:
        self.asked = 0
        self.reply = reply
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_POST(self) -> None:
                outer.asked += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with contextlib.suppress(OSError):  # who asked has gone: it waits no longer
                    outer.reply(self)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}"


@pytest.fixture
def server(settings: Any) -> Iterator[Callable[[Reply], Server]]:
    started: list[Server] = []

    def start(reply: Reply) -> Server:
        one = Server(reply)
        started.append(one)
        settings.ELASTICSEARCH_URL = one.url
        return one

    breaker.answered()
    InitiativeFactory(title="Chess club", description="")
    yield start
    breaker.answered()
    for one in started:
        one.http.shutdown()
        one.http.server_close()


def _page(address: str = "/search/?q=chess") -> tuple[str, float]:
    began = time.monotonic()
    response = Client().get(address)
    assert response.status_code == 200
    return response.content.decode(), time.monotonic() - began


@pytest.mark.parametrize("fault", FAULTS)
def test_the_database_answers_labelled_and_soon_and_the_next_page_does_not_wait(
    fault: str, server: Callable[[Reply], Server]
) -> None:
    _page("/search/?q=other")  # templates and places are in memory
    faulty = server(FAULTS[fault])
    page, seconds = _page()
    assert LABEL in page and ">Chess</mark> club" in page
    assert seconds < 1.5
    assert faulty.asked == 1
    page, seconds = _page("/search/?q=chess+club")
    assert LABEL in page and seconds < 1.5
    assert faulty.asked == 1  # the breaker is open


def test_a_server_that_refuses_is_like_any_other_fault(settings: Any, server: Callable[[Reply], Server]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{taken.getsockname()[1]}"
        page, seconds = _page()
    assert LABEL in page and seconds < 1.5


def test_the_breaker_lets_one_question_through_after_a_pause_and_closes_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    one = Breaker()
    assert one.lets_through()
    one.failed()
    assert one.is_open and not one.lets_through()
    now[0] += FIRST_PAUSE
    assert one.lets_through()
    assert not one.lets_through()  # one tries, the others go on
    one.failed()
    now[0] += FIRST_PAUSE
    assert not one.lets_through()  # longer each time
    now[0] += FIRST_PAUSE
    assert one.lets_through()
    one.answered()
    assert not one.is_open and one.lets_through() and one.lets_through()


def test_what_changes_while_the_server_is_down_waits_in_the_outbox(server: Callable[[Reply], Server]) -> None:
    from search.domain.draining import drain
    from search.engines import EngineFailed
    from search.models import IndexChange

    server(FAULTS["503"])
    InitiativeFactory(title="Made meanwhile")
    waiting = IndexChange.objects.count()
    assert waiting
    with pytest.raises(EngineFailed):
        drain()
    assert IndexChange.objects.count() == waiting
    assert IndexChange.objects.filter(attempts=1, set_aside=False).exclude(error="").count() == waiting
    assert drain().told == 0  # not due again yet
