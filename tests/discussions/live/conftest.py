"""The product as it is served, and a page's socket to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from websockets.sync.client import ClientConnection, connect

from accounts.models import User
from tests.browser.serving import Site
from tests.factories.accounts import sign_in


@pytest.fixture(scope="session")
def served(django_db_setup: None) -> Iterator[Site]:
    server = Site()
    with override_settings(SITE_URL=server.url, CSRF_TRUSTED_ORIGINS=[server.url]):
        server.start()
        yield server
        server.stop()


@pytest.fixture
def line(served: Site, transactional_db: None) -> Iterator[Callable[..., ClientConnection]]:
    """`line(thread, user)`: a socket as a page opens it; `line(query=…, origin=…, cookie=…)` as none would."""
    opened = ExitStack()

    def open_line(
        thread: Any = None,
        user: User | None = None,
        *,
        query: str | None = None,
        origin: str | None = None,
        cookie: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> ClientConnection:
        query = query if query is not None else f"?thread={thread.pk}" if thread else ""
        if user is not None:
            cookie = sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        if cookie:
            headers = {**(headers or {}), "Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
        url = served.url.replace("http", "ws", 1) + f"/live/{query}"
        socket = connect(
            url,
            origin=served.url if origin is None else origin,  # type: ignore[arg-type]  # a plain text does
            additional_headers=headers,
            max_size=None,
            ping_interval=None,
        )
        return opened.enter_context(socket)

    with opened:
        yield open_line
