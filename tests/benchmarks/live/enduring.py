"""R1: the server killed twenty times under two thousand posts. R3: lines that are cut. R5: a layer that loses, doubles
and mixes up. In each nothing may be missing and nothing there twice."""

from __future__ import annotations

import asyncio
import http.client
import random
import statistics
import threading
import time
from collections import Counter
from typing import Any

from django.db import connection

from discussions.models import Post
from tests.benchmarks.live.arriving import layer, workers
from tests.benchmarks.live.clients import Poster
from tests.benchmarks.live.following import Follower
from tests.benchmarks.live.people import Person, people, thread
from tests.benchmarks.live.serving import Product, product

CLIENTS, EACH, KILLS = 20, 100, 20
FOLLOWERS, SECONDS, LONGEST_CUT = 100, 40, 12.0  # cuts of up to two minutes, ten times as fast
MISSED, RETURNS = 500, 60
TWO_HEARTBEATS = 31.0


def killed() -> dict[str, Any]:
    """R1."""
    writers = people(CLIENTS)
    about = thread(writers[0], "Killed")
    told: list[str] = []
    with product(workers()) as one:
        threads = [threading.Thread(target=_write, args=(one, about.pk, writer, told)) for writer in writers]
        for each in threads:
            each.start()
        kills = 0
        while kills < KILLS:
            time.sleep(random.uniform(0.2, 1.0))
            one.kill()
            one.start()
            kills += 1
        for each in threads:
            each.join()
    texts = list(Post.objects.filter(thread=about).order_by("number").values_list("client_id", "number"))
    kept = Counter(client for client, _number in texts)
    return {
        "figure": "R1",
        "value": sum(1 for client in told if not kept[client]) + sum(number - 1 for number in kept.values()),
        "goal": 0,
        "unit": f"posts acknowledged and lost, or doubled, of {CLIENTS * EACH}; the server killed {kills} times",
        "acknowledged": len(told),
        "without_gaps": [number for _client, number in texts] == list(range(1, len(texts) + 1)),
        "database": connection.vendor,
        "layer": layer(),
    }


def _write(one: Product, about: int, writer: Person, told: list[str]) -> None:
    """Each post again and again under its own id, until the server says that it is there."""
    poster = Poster(one, writer)
    for number in range(EACH):
        client = f"r1-{writer.pk}-{number}"
        while True:
            try:
                status, _body = poster.post(f"/discussions/{about}/post/", text=f"Post {client}.", client_id=client)
                if status == 201:
                    told.append(client)
                    break
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        time.sleep(0.15)


def cut() -> dict[str, Any]:
    """R3."""
    readers = people(FOLLOWERS)
    about, missed = thread(readers[0], "Cut"), thread(readers[0], "Missed")
    with product(workers()) as one:
        missing, twice, posts = asyncio.run(_cut(one, about.pk, readers))
        catching_up = asyncio.run(_catch_up(one, missed.pk, readers))
    return {
        "figure": "R3",
        "value": missing + twice,
        "goal": 0,
        "unit": f"posts missing or there twice on {FOLLOWERS} pages, lines cut for 0 to 12 s (120, ten times faster)",
        "posts": posts,
        "catch_up_p95_ms": round(statistics.quantiles(catching_up, n=20)[-1] * 1000),
        "catch_up_goal_ms": 1000,
        "catch_up_posts": MISSED,
        "database": connection.vendor,
        "layer": layer(),
    }


async def _cut(one: Product, about: int, readers: list[Person]) -> tuple[int, int, int]:
    followers = [Follower(one, about, reader) for reader in readers]
    for follower in followers:
        follower.start()
    await asyncio.sleep(2)
    until = time.monotonic() + SECONDS
    poster, sent = Poster(one, readers[0]), 0

    async def cutting() -> None:
        while time.monotonic() < until:
            await asyncio.sleep(0.2)
            await random.choice(followers).cut(random.uniform(0, LONGEST_CUT))

    cuts = asyncio.create_task(cutting())
    while time.monotonic() < until:
        await asyncio.to_thread(
            poster.post, f"/discussions/{about}/post/", text=f"Post {sent}.", client_id=f"r3-{sent}"
        )
        sent += 1
        await asyncio.sleep(0.1)
    await cuts
    await asyncio.sleep(LONGEST_CUT + TWO_HEARTBEATS / 2)
    everything = set(range(1, sent + 2))
    missing = sum(len(everything - set(follower.seen)) for follower in followers)
    twice = sum(sum(number - 1 for number in follower.seen.values()) for follower in followers)
    for follower in followers:
        await follower.stop()
    return missing, twice, sent


async def _catch_up(one: Product, about: int, readers: list[Person]) -> list[float]:
    """Seconds until a page that missed five hundred posts has them, others coming back beside it."""
    poster = Poster(one, readers[1])
    for number in range(MISSED):
        text = f"Post {number}: who meets the Year 7s next door?"
        await asyncio.to_thread(poster.post, f"/discussions/{about}/post/", text=text, client_id=f"missed-{number}")
    times: list[float] = []
    gate = asyncio.Semaphore(2)

    async def come_back(reader: Person) -> None:
        async with gate:
            began = time.monotonic()
            follower = Follower(one, about, reader, reached=1)
            await follower.ask()
            assert len(follower.seen) == MISSED
            times.append(time.monotonic() - began)

    await asyncio.gather(*(come_back(reader) for reader in readers[:RETURNS]))
    return times


def losing() -> dict[str, Any]:
    """R5."""
    readers = people(20)
    about = thread(readers[0], "Lost")
    with product(1, LOSING_LAYER="1") as one:
        missing, twice = asyncio.run(_losing(one, about.pk, readers))
    return {
        "figure": "R5",
        "value": missing + twice,
        "goal": 0,
        "unit": "posts missing or there twice within two heartbeats; the layer drops a tenth, doubles, mixes up",
        "database": connection.vendor,
    }


async def _losing(one: Product, about: int, readers: list[Person]) -> tuple[int, int]:
    followers = [Follower(one, about, reader) for reader in readers]
    for follower in followers:
        follower.start()
    await asyncio.sleep(1)
    poster, sent = Poster(one, readers[0]), 200
    for number in range(sent):
        await asyncio.to_thread(
            poster.post, f"/discussions/{about}/post/", text=f"Post {number}.", client_id=f"r5-{number}"
        )
    await asyncio.sleep(TWO_HEARTBEATS)
    everything = set(range(1, sent + 2))
    missing = sum(len(everything - set(follower.seen)) for follower in followers)
    twice = sum(sum(number - 1 for number in follower.seen.values()) for follower in followers)
    for follower in followers:
        await follower.stop()
    return missing, twice
