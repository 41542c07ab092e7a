"""R2: a burst to many pages. R10: one who floods, and the others. A thousand pages that do nothing."""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.db import connection

from tests.benchmarks.live.arriving import layer, p95, workers
from tests.benchmarks.live.clients import Poster, page
from tests.benchmarks.live.people import Person, people, thread
from tests.benchmarks.live.serving import Product, product

PAGES, BURST = 50, 400
OTHERS, ROUNDS, POSTS = 5, 6, 8
FLOOD = 100  # posts a second
IDLE = 1_000
IDLE_SECONDS = 20


def burst() -> dict[str, Any]:
    """R2."""
    readers = people(PAGES)
    about = thread(readers[0], "Burst")
    with product(workers()) as one:
        seconds, whole, in_order = asyncio.run(_burst(one, about.pk, readers))
    return {
        "figure": "R2",
        "value": round(seconds, 2),
        "goal": 1.0,
        "unit": f"seconds until the last of {BURST} frames sent at once has reached the last of {PAGES} pages",
        "arrived": whole,
        "of": PAGES * BURST,
        "in_order": in_order,
        "layer": layer(),
    }


async def _burst(one: Product, about: int, readers: list[Person]) -> tuple[float, int, bool]:
    heard: list[list[int]] = [[] for _reader in readers]
    times = [0.0, 0.0]

    def listener(at: int) -> Any:
        def take(frame: dict[str, Any], now: float) -> None:
            if frame["t"] == "bench":
                heard[at].append(frame["n"])
                times[0] = times[0] or frame["at"] / 1e9
                times[1] = now

        return take

    sockets = [await page(one, about, reader, listener(at)) for at, reader in enumerate(readers)]  # type: ignore[misc]
    await asyncio.sleep(1.5)
    await asyncio.to_thread(Poster(one, readers[0]).post, f"/burst/{about}/{BURST}/")
    end = time.monotonic() + 20
    while sum(map(len, heard)) < PAGES * BURST and time.monotonic() < end:
        await asyncio.sleep(0.01)
    await asyncio.gather(*(socket.close() for socket in sockets))
    return times[1] - times[0], sum(map(len, heard)), all(one == sorted(one) for one in heard)


def flooded() -> dict[str, Any]:
    """R10."""
    flooder, *others = people(1 + OTHERS)
    about = thread(others[0], "Flooded")
    with product(workers(), POSTS_A_MINUTE="60") as one:
        calm, wild, refused = asyncio.run(_flooded(one, about.pk, flooder, others))
    return {
        "figure": "R10",
        "value": round(p95(wild) / p95(calm), 2),
        "goal": 1.2,
        "unit": f"p95 of the others' posts to their receipt while one tries {FLOOD} posts a second, over without them",
        "calm_ms": round(p95(calm) * 1000, 1),
        "flooded_ms": round(p95(wild) * 1000, 1),
        "calm_p50_ms": round(statistics.median(calm) * 1000, 1),
        "flooded_p50_ms": round(statistics.median(wild) * 1000, 1),
        "flooder_was_refused": refused,
        "layer": layer(),
        "database": connection.vendor,
    }


async def _flooded(
    one: Product, about: int, flooder: Person, others: list[Person]
) -> tuple[list[float], list[float], int]:
    sent: dict[str, float] = {}
    kept: list[float] = []
    refused = [0]

    def heard(frame: dict[str, Any], now: float) -> None:
        if frame["t"] == "post" and frame["c"] in sent:
            kept.append(now - sent.pop(frame["c"]))

    socket = await page(one, about, others[0], heard)  # type: ignore[misc]
    await asyncio.sleep(1)
    halves: tuple[list[float], list[float]] = ([], [])
    for turn in range(2 * ROUNDS):
        is_wild = bool(turn % 2)
        flood = _flood(one, about, flooder) if is_wild else None
        if flood:
            await asyncio.sleep(1)  # until it runs
        kept.clear()
        posters = [Poster(one, other) for other in others]  # the server lets go of lines that wait
        for number in range(POSTS):
            for at, poster in enumerate(posters):
                client = f"r10-{turn}-{number}-{at}"
                sent[client] = time.monotonic()
                status, body = await asyncio.to_thread(
                    poster.post, f"/discussions/{about}/post/", text=f"Post {client}.", client_id=client
                )
                if status != 201:
                    sent.pop(client)
                    raise RuntimeError(f"{status} {body[:200]!r}")
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
        halves[is_wild].extend(kept)
        if flood:
            flood.terminate()
            said, _errors = await asyncio.to_thread(flood.communicate)
            refused[0] += int(said.split()[0])
        if turn % 2:
            await asyncio.sleep(max(0.0, 61 - time.time() % 60) if _near_their_limit(turn) else 0)
    await socket.close()
    return *halves, refused[0]


def _near_their_limit(turn: int) -> bool:
    """The others keep to the pace: after so many posts they wait for the next minute."""
    return (turn + 1) * POSTS % 48 == 0


def _flood(one: Product, about: int, flooder: Person) -> subprocess.Popen[str]:
    path = f"/discussions/{about}/post/"
    given = (str(one.port), one.origin, flooder.cookies, flooder.csrf, path, str(FLOOD))
    command = (sys.executable, "-m", "tests.benchmarks.live.flooding", *given)
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def idle() -> dict[str, Any]:
    """What a thousand pages cost that only stand there."""
    readers = people(50)
    about = thread(readers[0], "Idle")
    with product(1) as one:
        kilobytes, share, baseline = asyncio.run(_idle(one, about.pk, readers))
    return {
        "figure": "Idle",
        "value": round(kilobytes, 1),
        "goal": None,
        "unit": f"kB of memory a page, {IDLE} pages of one process that do nothing",
        "cpu_percent": round(share, 1),
        "process_mb_before": round(baseline / 1024),
        "layer": layer(),
    }


async def _idle(one: Product, about: int, readers: list[Person]) -> tuple[float, float, int]:
    pid = one.process.pid if one.process else 0
    warm = [await page(one, about, reader, _deaf) for reader in readers]  # type: ignore[misc]
    await asyncio.sleep(2)
    before = _resident(pid)
    sockets = [await page(one, about, readers[at % len(readers)], _deaf) for at in range(IDLE)]  # type: ignore[misc]
    await asyncio.sleep(5)
    after, began = _resident(pid), _processor(pid)
    await asyncio.sleep(IDLE_SECONDS)
    share = (_processor(pid) - began) / IDLE_SECONDS * 100
    await asyncio.gather(*(socket.close() for socket in (*warm, *sockets)))
    return (after - before) / IDLE, share, before


def _deaf(_frame: dict[str, Any], _now: float) -> None:
    return


def _resident(pid: int) -> int:
    """kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def _processor(pid: int) -> float:
    """Seconds of processor time."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
