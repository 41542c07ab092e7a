"""What a serving process keeps from one request to the next: threads, and connections to Redis."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from config import serving
from config.connections import caches_from
from config.environment import Environment
from config.serving import KeptThreads

Given = TypeVar("Given")


def _run(work: Coroutine[Any, Any, Given]) -> Given:
    """In a thread of its own: a browser that another test opened has an event loop in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


async def _nothing(*_given: Any) -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


def _served(work: Any, requests: int, *, at_once: bool = False) -> list[Any]:
    """What each request's synchronous work gave."""
    given: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        first = await sync_to_async(work)()
        assert await sync_to_async(threading.get_ident)() == await sync_to_async(threading.get_ident)()
        given.append(first)

    async def serve() -> KeptThreads:
        kept = KeptThreads(application)
        asked = [kept({"type": "http"}, _nothing, _nothing) for _request in range(requests)]
        if at_once:
            await asyncio.gather(*asked)
        else:
            for one in asked:
                await one
        return kept

    kept = _run(serve())
    assert len(kept._idle) <= serving.MOST
    for thread in kept._idle:
        thread.shutdown()
    return given


def test_requests_one_after_another_have_the_same_thread():
    assert len(set(_served(threading.get_ident, 5))) == 1


def test_requests_at_once_have_a_thread_each_and_no_more_than_a_few_are_kept():
    together = threading.Barrier(serving.MOST + 3, timeout=20)

    def meet() -> int:
        together.wait()
        return threading.get_ident()

    assert len(set(_served(meet, serving.MOST + 3, at_once=True))) == serving.MOST + 3


def test_a_thread_is_kept_though_its_request_went_wrong():
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await sync_to_async(int)("no number")

    async def serve() -> int:
        kept = KeptThreads(application)
        for _request in range(2):
            with pytest.raises(ValueError, match="no number"):
                await kept({"type": "http"}, _nothing, _nothing)
        return len(kept._idle)

    assert _run(serve()) == 1


def test_every_request_s_cache_takes_its_connection_from_one_pool():
    given = caches_from(Environment(REDIS_URL="redis://127.0.0.1:1/7"))["default"]
    clients = [RedisCache(given["LOCATION"], given)._cache for _request in range(2)]
    pools = {id(client.get_client().connection_pool) for client in clients}
    assert len(pools) == 1


def test_pages_do_without_a_cache_that_is_gone(settings, client, db):
    """Nobody listens on that port: pages are made, limits let through, jobs take their turn."""
    settings.CACHES = caches_from(Environment(REDIS_URL="redis://127.0.0.1:1/7"))
    cache = caches["default"]
    assert cache.get("x", "none") == "none" and cache.get_many(["x"]) == {}
    assert cache.add("x", 1) and cache.incr("x") == 1 and not cache.has_key("x") and not cache.touch("x")
    cache.set("x", 1)
    cache.set_many({"x": 1})
    cache.delete_many(["x"])
    assert not cache.delete("x")
    assert client.get("/places/").status_code == 200


def test_the_application_as_it_is_served_answers(db):  # a request looks after the connections that others left
    from config.asgi import application

    sent: list[dict[str, Any]] = []
    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        if not asked:
            await asyncio.sleep(60)  # the line stays open
        return asked.pop()

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": "/healthz", "headers": headers, "query_string": b""}
    _run(application(scope, receive, send))
    assert sent[0]["status"] == 200
