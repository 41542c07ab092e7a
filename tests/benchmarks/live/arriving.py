"""P1: a frame to three hundred pages, over the library's raw broadcast. P2: a post stored and numbered, over one that
is only announced."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from typing import Any

from django.conf import settings
from django.db import connection
from websockets.asyncio.client import connect

from tests.benchmarks.live.clients import Poster, listen, page
from tests.benchmarks.live.people import Person, people, thread
from tests.benchmarks.live.serving import Product, product, raw_broadcast

PAGES = 300
A_SECOND = 4
SECONDS = 5
ROUNDS = 4
POSTS = 150


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def layer() -> str:
    return "Redis, 2 workers" if "redis" in settings.CHANNEL_LAYERS["default"]["BACKEND"] else "memory, 1 process"


def workers() -> int:
    return 2 if "redis" in settings.CHANNEL_LAYERS["default"]["BACKEND"] else 1


def fan_out() -> dict[str, Any]:
    readers = people(PAGES)
    about = thread(readers[0])
    with product(workers()) as one, raw_broadcast() as raw:
        ours, theirs = asyncio.run(_fan_out(one, about.pk, readers, raw))
    return {
        "figure": "P1",
        "value": round(p95(ours) / p95(theirs), 2),
        "goal": 1.15,
        "unit": f"p95 of a frame to {PAGES} pages over the websockets library's raw broadcast",
        "ours_ms": round(p95(ours) * 1000, 1),
        "raw_ms": round(p95(theirs) * 1000, 1),
        "layer": layer(),
        "frames": len(ours),
    }


async def _fan_out(one: Product, thread_id: int, readers: list[Person], raw: int) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []

    def timed(kept: list[float]) -> Any:
        def heard(frame: dict[str, Any], now: float) -> None:
            if frame["t"] == "bench":
                kept.append(now - frame["at"] / 1e9)

        return heard

    # In turn, so that the machine's moods fall on both; only one half's sockets are open at a time.
    for _round in range(ROUNDS):
        sockets = [await page(one, thread_id, reader, timed(ours)) for reader in readers]  # type: ignore[misc]
        await asyncio.sleep(1)
        poster = Poster(one, readers[0])
        for _ in range(A_SECOND * SECONDS):
            await asyncio.to_thread(poster.post, f"/announce/{thread_id}/")
            await asyncio.sleep(1 / A_SECOND)
        await asyncio.sleep(0.5)
        await asyncio.gather(*(socket.close() for socket in sockets))

        url = f"ws://127.0.0.1:{raw}"
        sockets = [await listen(url, timed(theirs), first="listen") for _ in range(PAGES)]
        await asyncio.sleep(1)
        async with connect(url) as trigger:
            for _ in range(A_SECOND * SECONDS):
                await trigger.send("go")
                await asyncio.sleep(1 / A_SECOND)
        await asyncio.sleep(0.5)
        await asyncio.gather(*(socket.close() for socket in sockets))
    return ours, theirs


def receipt() -> dict[str, Any]:
    (person,) = people(1)
    about = thread(person, "Receipts")
    with product(workers()) as one:
        stored, announced = asyncio.run(_receipts(one, about.pk, person))
    return {
        "figure": "P2",
        "value": round(statistics.mean(stored) / statistics.mean(announced), 2),
        "goal": 1.15,
        "unit": "mean from post to receipt, stored and numbered over only announced",
        "stored_ms": round(statistics.mean(stored) * 1000, 2),
        "announced_ms": round(statistics.mean(announced) * 1000, 2),
        "layer": layer(),
        "database": connection.vendor,
        "posts": len(stored),
    }


async def _receipts(one: Product, thread_id: int, person: Person) -> tuple[list[float], list[float]]:
    stored: list[float] = []
    announced: list[float] = []
    arrived = asyncio.Event()
    at = [0.0]

    def heard(frame: dict[str, Any], now: float) -> None:
        if frame["t"] == "post":
            at[0] = now
            arrived.set()

    socket = await page(one, thread_id, person, heard)  # type: ignore[misc]
    await asyncio.sleep(1)
    poster = Poster(one, person)
    numbers = itertools.count()
    for turn in range(2 * POSTS + 20):
        path, kept = (
            (f"/discussions/{thread_id}/post/", stored) if turn % 2 else (f"/announce-only/{thread_id}/", announced)
        )
        arrived.clear()
        began = time.monotonic()
        status, body = await asyncio.to_thread(
            poster.post,
            path,
            text=f"Post {turn}: who meets the Year 7s next door?",
            client_id=f"c{next(numbers)}",
        )
        assert status == 201, (status, body[:300])
        await asyncio.wait_for(arrived.wait(), 10)
        if turn >= 20:
            kept.append(at[0] - began)
    await socket.close()
    return stored, announced
