"""A page without a browser: it follows one discussion by numbers, as static/discussions/ does, on a bad line."""

from __future__ import annotations

import asyncio
import http.client
import json
import random
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.benchmarks.live.people import Person
from tests.benchmarks.live.serving import Product


class Follower:
    """`seen`: how often each post was put in. `order`: their numbers as they came."""

    def __init__(self, product: Product, thread: int, person: Person | None, *, reached: int = 0) -> None:
        self._product, self._thread, self._person = product, thread, person
        self.reached = reached
        self.seen: Counter[int] = Counter()
        self.order: list[int] = []
        self.arrived: dict[int, float] = {}  # post → when, monotonic
        self._cut_until = 0.0
        self._socket: ClientConnection | None = None
        self._asking = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._socket is not None:
            await self._socket.close()

    async def cut(self, seconds: float) -> None:
        """The line is gone for so long, without a word to either side."""
        self._cut_until = time.monotonic() + seconds
        if self._socket is not None:
            self._socket.transport.abort()

    async def _run(self) -> None:
        attempt = 0
        while True:
            wait = self._cut_until - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            try:
                await self._listen()
                attempt = 0
            except (OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                attempt += 1
            await asyncio.sleep(min(5.0, 0.1 * 2**attempt) * (0.5 + random.random()))

    async def _listen(self) -> None:
        headers = {"Cookie": self._person.cookies} if self._person else {}
        url = f"ws://127.0.0.1:{self._product.port}/live/?thread={self._thread}"
        origin: Any = self._product.origin
        options: dict[str, Any] = {"additional_headers": headers, "max_queue": None, "ping_interval": None}
        async with connect(url, origin=origin, **options) as socket:
            self._socket = socket
            async for text in socket:
                await self._heard(json.loads(text))

    async def _heard(self, frame: dict[str, Any]) -> None:
        if frame["t"] in ("hello", "beat"):
            if frame["s"] > self.reached:
                await self.ask()
        elif frame["t"] in ("post", "thread") and frame["s"] > self.reached:
            if frame["s"] > self.reached + 1:
                await self.ask()
            else:
                self._put(frame)
                self.reached = frame["s"]

    async def ask(self) -> None:
        """All that is missing. Raises OSError where nobody answers."""
        async with self._asking:
            more = True
            while more:
                answer = await asyncio.to_thread(self._entries, self.reached)
                for frame in answer["frames"]:
                    if frame["s"] > self.reached:
                        self._put(frame)
                self.reached = max(self.reached, answer["s"])
                more = answer["more"]

    def _entries(self, after: int) -> dict[str, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self._product.port, timeout=20)
        headers = {"Host": f"localhost:{self._product.port}", "Connection": "close"}
        if self._person:
            headers["Cookie"] = self._person.cookies
        try:
            line.request("GET", f"/discussions/{self._thread}/entries/?after={after}", headers=headers)
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise OSError(f"entries: {answer.status}")
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            line.close()
        return dict(json.loads(body))

    def _put(self, frame: dict[str, Any]) -> None:
        if frame["t"] != "post":
            return
        number = frame["n"]
        self.seen[number] += 1  # nobody edits here: a page is to be given each post once
        if number not in self.arrived:
            self.order.append(number)
            self.arrived[number] = time.monotonic()
