"""The product as it is served in earnest, sockets and all, in a thread of the tests' own process."""

from __future__ import annotations

import socket
import threading

import uvicorn


class Site:
    """uvicorn on a port of its own; it shares the tests' settings and database."""

    def __init__(self) -> None:
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(
            "config.asgi:application",
            log_level="warning",
            ws_max_size=4_096,
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="site", daemon=True)

    def start(self) -> None:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("The site did not start")
            self._thread.join(0.05)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)

    def _run(self) -> None:
        self._server.run(sockets=[self._listening])
