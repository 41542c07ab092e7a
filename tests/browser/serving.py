"""The server under test on a database that lives in memory: every thread shares one connection, so they take turns."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_TURN = threading.Lock()


def one_at_a_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request waits until the one before it has been answered."""

    def answer(request: HttpRequest) -> HttpResponse:
        with _TURN:
            return get_response(request)

    return answer
