"""Static files under an ASGI server."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]  # it has no types


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise with whole answers. It would stream, and what streams from a file keeps an ASGI server waiting;
    Django warns of it. The largest file here is the CMS's script, about a megabyte."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file as file:
                content = file.read()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
