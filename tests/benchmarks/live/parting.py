"""Redis gone and back: posts are taken meanwhile, pages hear by the numbers of the database, all recovers by itself."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import time
from typing import Any

from django.db import connection

from tests.benchmarks.live.clients import Poster
from tests.benchmarks.live.following import Follower
from tests.benchmarks.live.people import Person, people, thread
from tests.benchmarks.live.serving import Product, await_port, free_port, product

POSTS = 10


def redis_gone() -> dict[str, Any]:
    """Two processes; both halves of a post's way go through them by chance."""
    readers = people(20)
    about = thread(readers[0], "Parted")
    port = free_port()
    redis = _redis(port)
    try:
        with product(2, REDIS_URL=f"redis://127.0.0.1:{port}/0") as one:
            seconds, missing = asyncio.run(_parted(one, about.pk, readers, redis, port))
    finally:
        redis[0].kill()
        redis[0].wait()
    return {
        "figure": "Redis gone",
        "value": missing,
        "goal": 0,
        "unit": "posts missing on 20 pages of two processes while Redis is killed and comes back",
        "p100_with_s": round(seconds["with"], 2),
        "p100_gone_s": round(seconds["gone"], 2),
        "p100_back_s": round(seconds["back"], 2),
        "database": connection.vendor,
    }


def _redis(port: int) -> list[subprocess.Popen[bytes]]:
    """One that can be killed and started again."""
    command = shutil.which("redis-server")
    if command is None:
        raise RuntimeError("No redis-server here. On Debian: apt-get install redis-server")
    given = ("--port", str(port), "--save", "", "--loglevel", "warning")
    process = subprocess.Popen([command, *given], stdout=subprocess.DEVNULL)
    await_port(port, process)
    return [process]


async def _parted(
    one: Product, about: int, readers: list[Person], redis: list[subprocess.Popen[bytes]], port: int
) -> tuple[dict[str, float], int]:
    followers = [Follower(one, about, reader) for reader in readers]
    for follower in followers:
        follower.start()
    await asyncio.sleep(3)
    sent, seconds = 1, {}
    for state in ("with", "gone", "back"):
        if state == "gone":
            redis[0].kill()
            redis[0].wait()
        if state == "back":
            redis[0] = _redis(port)[0]
            await asyncio.sleep(15)
        longest = 0.0
        for _post in range(POSTS):
            sent += 1
            poster = Poster(one, readers[0])  # the server lets go of lines that wait
            began = time.monotonic()
            path = f"/discussions/{about}/post/"
            status, body = await asyncio.to_thread(poster.post, path, text=f"Post {sent}.", client_id=f"gone-{sent}")
            if status != 201:
                raise RuntimeError(f"{state}: {status} {body[:200]!r}")
            end = began + 40
            while not all(sent in follower.seen for follower in followers) and time.monotonic() < end:
                await asyncio.sleep(0.02)
            longest = max(longest, time.monotonic() - began)
        seconds[state] = longest
    missing = sum(len(set(range(1, sent + 1)) - set(follower.seen)) for follower in followers)
    for follower in followers:
        await follower.stop()
    return seconds, missing
