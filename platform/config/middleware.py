"""One structured line a request, with an id that the answer carries too."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config import views

logger = logging.getLogger("steppingstones.request")
_GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_PROBES = {"/healthz": views.healthz, "/readyz": views.readyz}
_QUIET = ("/static/", "/healthz", "/readyz")


def _without_token(request: HttpRequest) -> str:
    token = request.resolver_match.kwargs.get("token") if request.resolver_match else None
    return request.path.replace(str(token), "…") if token else request.path


class RequestLogMiddleware:
    """Logs method, path (neither the query nor a token in the path: both may open a door), status and milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        if not request.path.startswith(_QUIET):
            path = _without_token(request)
            logger.info(
                "%s %s %s",
                request.method,
                path,
                response.status_code,
                extra={
                    "request_id": request_id,
                    "method": request.method,
                    "path": path,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                },
            )
        return response


class HealthMiddleware:
    """Answers probes before anything asks for the host: they come by address, which ALLOWED_HOSTS does not name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = _PROBES.get(request.path)
        return probe(request) if probe else self.get_response(request)
