"""Links that stop e-mails without signing in: each for one person and certain kinds, good for nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing

_SALT = "notifications.stop"


class LinkRefused(Exception):
    """Not one of ours, or not whole."""


def stop_token(user_id: int, kinds: Sequence[str]) -> str:
    return signing.dumps([user_id, list(kinds)], salt=_SALT, compress=True)


def read_stop(token: str) -> tuple[int, list[str]]:
    """The person and the kinds. Raises LinkRefused."""
    try:
        user_id, kinds = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise LinkRefused from error
    return user_id, kinds
