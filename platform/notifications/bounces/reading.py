"""A delivery status notification (RFC 3464), read from its bytes: who was not reached, and why.

Only the standard library's parser in its forgiving manner: what mail servers write is seldom quite what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from hashlib import sha256

from django.utils.translation import gettext as _

from texts.cleaning import clean_line

LARGEST = 2 * 1024 * 1024  # bytes; a report carries at most the message it is about
MOST_RECIPIENTS = 100
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"\b([45])\d\d\b")


class Unreadable(Exception):
    """No delivery report, or not a whole one; the message says which."""


@dataclass(frozen=True)
class Refused:
    """One recipient who was not reached. `status` as in RFC 3463, such as 5.1.1; "" where none was given."""

    address: str
    status: str
    said: str

    @property
    def is_permanent(self) -> bool:
        """The address itself is at fault, for good. 5.7 is a server's policy about us, and says nothing of it."""
        return self.status.startswith("5.") and not self.status.startswith("5.7.")


@dataclass(frozen=True)
class Report:
    """`message_id`: of the e-mail that did not arrive, "" where the report does not say. `digest`: of the report."""

    refused: Sequence[Refused]
    message_id: str
    digest: str


def read_report(raw: bytes) -> Report:
    """Raises Unreadable with a sentence."""
    if not raw.strip():
        raise Unreadable(_("It is empty."))
    if len(raw) > LARGEST:
        raise Unreadable(_("It is larger than two megabytes. A delivery report is not: nobody read it."))
    try:
        mail = message_from_bytes(raw)
        parts = list(mail.walk())
    except RecursionError:  # thousands of parts in one another, which no mail server writes
        raise Unreadable(_("Its parts lie too deep in one another.")) from None
    if mail.get_content_type() != "multipart/report":
        raise Unreadable(_("It is an e-mail, but no delivery report."))
    status = next((part for part in parts if part.get_content_type() in _STATUS_TYPES), None)
    if status is None:
        raise Unreadable(_("It is a report without its machine-readable part: cut off, or not about delivery."))
    payload = status.get_payload()
    blocks = [block for block in payload if isinstance(block, Mail)] if isinstance(payload, list) else []
    if not blocks:
        raise Unreadable(_("Its machine-readable part is in an encoding that it must not be in."))
    refused = [one for block in blocks[1 : MOST_RECIPIENTS + 1] for one in _refused(block)]
    if not any(_address(block) for block in blocks):
        raise Unreadable(_("It names nobody: cut off before the first recipient."))
    return Report(refused, _message_id(parts, blocks), sha256(raw).hexdigest())


_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_ORIGINAL_TYPES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")


def _refused(block: Mail) -> Iterator[Refused]:
    action, address = _field(block, "Action").lower(), _address(block)
    if not address or action not in ("failed", "delayed"):
        return
    said = _field(block, "Diagnostic-Code")
    status = _field(block, "Status") or said
    found = STATUS.search(status)
    reply = _REPLY.search(said)
    code = found[0] if found else f"{reply[1]}.0.0" if reply else ""
    if action == "delayed" and code.startswith("5."):
        code = ""  # it is still tried
    yield Refused(address, code, said[:300])


def _address(block: Mail) -> str:
    """Whom we wrote to rather than where that was forwarded; "" where none is named."""
    for name in ("Original-Recipient", "Final-Recipient"):
        _kind, _semicolon, given = _field(block, name).partition(";")
        address = clean_line(given).strip("<> ").lower()
        if "@" in address:
            return address
    return ""


def _field(block: Mail, name: str) -> str:
    return clean_line(str(block.get(name, "")))


def _message_id(parts: Sequence[Mail], blocks: Sequence[Mail]) -> str:
    for block in blocks[:1]:
        if given := _field(block, "Original-Message-ID") or _field(block, "X-Original-Message-ID"):
            return given
    for part in parts:
        if part.get_content_type() in _ORIGINAL_TYPES:
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            headers = first if isinstance(first, Mail) else _parsed(part)
            if given := _field(headers, "Message-ID"):
                return given
    return ""


def _parsed(part: Mail) -> Mail:
    decoded = part.get_payload(decode=True)
    return message_from_bytes(decoded if isinstance(decoded, bytes) else b"")
