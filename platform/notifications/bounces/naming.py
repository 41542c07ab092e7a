"""The Message-ID that each of our e-mails carries: a report that gives it back proves that it answers one of ours."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_OURS = re.compile(r"<message\.(\d{1,18})\.([0-9a-f]{32})@([^>\s]+)>")


class Forged(Exception):
    """It looks like one of ours and is not."""


def message_id(pk: int) -> str:
    return f"<message.{pk}.{_mark(pk)}@{_host()}>"


def pk_of(given: str) -> int | None:
    """The number of our message; None for a Message-ID of somebody else's. Raises Forged."""
    found = _OURS.search(given)
    if found is None or found[3].lower() != _host():
        return None
    pk = int(found[1])
    if not constant_time_compare(found[2], _mark(pk)):
        raise Forged
    return pk


def _mark(pk: int) -> str:
    return salted_hmac("notifications.message-id", str(pk), algorithm="sha256").hexdigest()[:32]


def _host() -> str:
    return (urlsplit(settings.SITE_URL).hostname or "localhost").lower()
