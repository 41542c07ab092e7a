"""Links in alerts that work without signing in: each for one purpose, and none of them ever expires."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing

_STOP = "search.alerts.stop"
_SILENCE = "search.alerts.silence"


class LinkRefused(Exception):
    """Not one of ours, or not whole."""


def stop_token(pks: Sequence[int]) -> str:
    """For no more e-mails of these saved searches."""
    return signing.dumps(list(pks), salt=_STOP, compress=True)


def silence_token(saved_search: int, object_id: int) -> str:
    """For no more of this one thing."""
    return signing.dumps([saved_search, object_id], salt=_SILENCE)


def read_stop(token: str) -> list[int]:
    """The saved searches. Raises LinkRefused."""
    return _read(token, _STOP)


def read_silence(token: str) -> tuple[int, int]:
    """The saved search and the thing. Raises LinkRefused."""
    saved_search, object_id = _read(token, _SILENCE)
    return saved_search, object_id


def _read(token: str, salt: str) -> list[int]:
    try:
        found: list[int] = signing.loads(token, salt=salt)
    except signing.BadSignature as error:
        raise LinkRefused from error
    return found
