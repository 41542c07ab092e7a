"""Pages by HTTP, live news by sockets: which goes where, and from which origins a socket may be opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from channels.security.websocket import OriginValidator
from django.conf import settings

from discussions.live.sockets import live

Application = Callable[[Any, Any, Any], Awaitable[None]]


def with_sockets(pages: Any) -> Application:
    """The whole product as one ASGI application."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            await pages(scope, receive, send)
        elif scope["path"] == "/live/":
            await OriginValidator(live, settings.CSRF_TRUSTED_ORIGINS)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4404})

    return application
