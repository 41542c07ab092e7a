"""Answers that are sent while they are made, whichever server asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

_LINES = 100


def streamed(request: HttpRequest, lines: Iterable[str], *, content_type: str, filename: str) -> StreamingHttpResponse:
    """A download made of lines. Under ASGI they are taken in turns, for Django would else collect them all first."""
    content = _in_turns(iter(lines)) if isinstance(request, ASGIRequest) else lines
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


async def _in_turns(lines: Iterator[str]) -> AsyncIterator[str]:
    while piece := await sync_to_async(_take)(lines):
        yield piece


def _take(lines: Iterator[str]) -> str:
    return "".join(islice(lines, _LINES))
