"""Delivery reports as mail servers write them (RFC 3464)."""

from __future__ import annotations

from django.utils import timezone

from notifications.bounces.naming import message_id
from notifications.models import Message


def sent_to(address: str, **columns: object) -> Message:
    """An e-mail of ours that left a moment ago."""
    given = {"kind": "test", "subject": "s", "body": "b", "sent_at": timezone.now(), **columns}
    return Message.objects.create(address=address, **given)


def report(
    address: str,
    *,
    about: Message | None = None,
    original: str = "",
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 No such user here",
    number: int = 1,
) -> bytes:
    """`about`: our e-mail, whose Message-ID it gives back, else the last to that address; `original`: another that it
    gives back; `number` tells reports apart."""
    about = about or Message.objects.filter(address=address.lower()).exclude(sent_at=None).last()
    given = original or (message_id(about.pk) if about else "")
    headers = f"Message-ID: {given}\n" if given else ""
    return f"""From: MAILER-DAEMON@mx.example
To: no-reply@steppingstones.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sat, 28 Nov 2026 07:00:00 +0000

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--=_b
Content-Type: text/rfc822-headers

Subject: s
{headers}
--=_b--
""".encode()
