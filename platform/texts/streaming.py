"""Answers that are sent while they are made, whichever server asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from typing import IO

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

_LINES = 100
_PIECE = 64 * 1024  # bytes


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


def streamed_file(request: HttpRequest, file: IO[bytes], *, content_type: str, filename: str) -> StreamingHttpResponse:
    """The same of a file, which is closed once it was sent."""
    pieces = _pieces(file)
    content = _pieces_in_turns(pieces) if isinstance(request, ASGIRequest) else pieces
    response = StreamingHttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece


async def _pieces_in_turns(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    while piece := await sync_to_async(_next)(pieces):
        yield piece


def _next(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")
