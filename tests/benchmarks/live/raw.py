"""`python -m tests.benchmarks.live.raw PORT`: the `websockets` library's server; who says "go" makes it broadcast."""

from __future__ import annotations

import asyncio
import json
import sys
import time

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.benchmarks.live.padding import PADDING

_listening: set[ServerConnection] = set()


async def answer(connection: ServerConnection) -> None:
    first = await connection.recv()
    if first == "listen":
        _listening.add(connection)
        try:
            await connection.wait_closed()
        finally:
            _listening.discard(connection)
        return
    while True:
        broadcast(_listening, json.dumps({"t": "bench", "at": time.monotonic_ns(), "html": PADDING}))
        await connection.recv()


async def main() -> None:
    async with serve(answer, "127.0.0.1", int(sys.argv[1])):
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    uvloop.run(main())
