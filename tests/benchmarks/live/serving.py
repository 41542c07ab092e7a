"""Servers in processes of their own, as they are served in earnest: the product, and the library's raw broadcast."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def await_port(port: int, process: subprocess.Popen[bytes] | None = None) -> None:
    for _wait in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process is not None and process.poll() is not None:
                raise RuntimeError(f"The server ended with {process.returncode}") from None
            time.sleep(0.05)
    raise RuntimeError("The server did not answer")


class Product:
    """The product on a port, by one process or several; killed and started again as often as one likes."""

    def __init__(self, port: int, workers: int = 1, **environment: str) -> None:
        self.port = port
        self.origin = f"http://localhost:{port}"
        self._command = [
            *(sys.executable, "-m", "uvicorn", "tests.benchmarks.live.product:application", "--port", str(port)),
            *("--workers", str(workers), "--log-level", "error", "--ws-max-size", "4096"),
        ]
        self._environment = {
            **os.environ,
            "SITE_URL": self.origin,
            "LOG_LEVEL": "ERROR",
            "POSTS_A_MINUTE": "0",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)
        await_port(self.port, self.process)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """It and its workers."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=30)


@contextmanager
def product(workers: int = 1, **environment: str) -> Iterator[Product]:
    one = Product(free_port(), workers, **environment)
    try:
        one.start()
        yield one
    finally:
        one.kill(signal.SIGTERM)


@contextmanager
def raw_broadcast() -> Iterator[int]:
    """The port of the `websockets` library's own server and broadcast."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.live.raw", str(port)])
    try:
        await_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
