"""The product on a port of its own, as it is served in earnest, and a line to it."""

from __future__ import annotations

import http.client
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_fresh = itertools.count(time.time_ns())  # also than the run before did


@contextmanager
def served() -> Iterator[Callable[[str], bytes]]:
    """Gives what asks for an address, one that nobody asked for before, and reads the whole answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(port), "--log-level", "error"]
    process = subprocess.Popen(command, env={**os.environ, "LOG_LEVEL": "ERROR"})
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(address: str) -> bytes:
        fresh = f"{'&' if '?' in address else '?'}fresh={next(_fresh)}"
        line.request("GET", f"{address}{fresh}", headers={"Host": "localhost"})
        answer = line.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:200]
        return body

    try:
        for _wait in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield ask
    finally:
        line.close()
        process.terminate()
        process.wait(timeout=20)
