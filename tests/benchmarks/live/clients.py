"""Pages without a browser: sockets that listen, and people who post over a connection that stays open."""

from __future__ import annotations

import asyncio
import http.client
import json
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.benchmarks.live.people import Person
from tests.benchmarks.live.serving import Product

Heard = Callable[[dict[str, object], float], None]


async def listen(url: str, heard: Heard, *, first: str | None = None, **options: object) -> ClientConnection:
    """A socket whose every frame is given to `heard` with the moment it came (seconds, monotonic)."""
    socket = await connect(url, max_queue=None, ping_interval=None, **options)  # type: ignore[arg-type]  # the library's own
    if first is not None:
        await socket.send(first)

    async def read() -> None:
        with suppress(ConnectionClosed):
            async for text in socket:
                now = time.monotonic()
                heard(json.loads(text), now)

    socket.reading = asyncio.create_task(read())  # type: ignore[attr-defined]  # kept with it
    return socket


def page(product: Product, thread: int, person: Person | None, heard: Heard) -> object:
    headers = {"Cookie": person.cookies} if person else {}
    url = f"ws://127.0.0.1:{product.port}/live/?thread={thread}"
    return listen(url, heard, origin=product.origin, additional_headers=headers)


class Poster:
    """One person's connection."""

    def __init__(self, product: Product, person: Person) -> None:
        self._product, self._person = product, person
        self._line: http.client.HTTPConnection | None = None

    def post(self, path: str, **fields: object) -> tuple[int, bytes]:
        """Raises OSError or HTTPException where the server is not there."""
        line = self._line or http.client.HTTPConnection("127.0.0.1", self._product.port, timeout=20)
        headers = {
            "Host": f"localhost:{self._product.port}",
            "Origin": self._product.origin,
            "Cookie": self._person.cookies,
            "X-CSRFToken": self._person.csrf,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            line.request("POST", path, urlencode(fields), headers)
            answer = line.getresponse()
            body = answer.read()
        except Exception:
            line.close()
            self._line = None
            raise
        self._line = line
        return answer.status, body
