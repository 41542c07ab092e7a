"""Send what waits. A message is claimed before it is sent, so that two senders never send it twice."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from notifications.bounces.naming import message_id
from notifications.bounces.reading import STATUS, Refused
from notifications.domain.bouncing import CHECK, GIVEN_UP, is_failing, mark_failing
from notifications.models import FAREWELL, Message
from texts.cleaning import clean_line

logger = logging.getLogger("steppingstones.notifications")

CLAIM = timedelta(minutes=5)  # a sender that dies leaves its message to others after this long
MOST_ATTEMPTS = 12  # at doubling waits: some two days
_OF_THIS_MESSAGE_ONLY = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)


@dataclass
class Sending:
    """What one run did."""

    sent: int = 0
    failed: int = 0


def send_due(*, limit: int | None = None) -> Sending:
    """Send every message that is due, oldest first. Never raises for a mail server's sake.

    Claiming is one conditional UPDATE (the row's `due_at` must still be the one that was read), which is atomic on
    both databases and keeps no lock while the mail server is talked to. When the server itself fails the run ends:
    the rest stays due for the next.
    """
    run = Sending()
    connection = get_connection()
    try:
        while (limit is None or run.sent + run.failed < limit) and (message := claim_next()):
            server_failed = _send(message, connection, run)
            if server_failed:
                break
    finally:
        try:
            connection.close()
        except (OSError, SMTPException):  # everything sent was already recorded
            logger.warning("The mail server did not say goodbye", exc_info=True)
    return run


def claim_next() -> Message | None:
    """The next message that is due, now this sender's alone for `CLAIM`; None when none is left."""
    while True:
        now = timezone.now()
        waiting = Message.objects.filter(sent_at=None, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        message = waiting.order_by("due_at", "pk").first()
        if message is None:
            return None
        seen = message.due_at
        message.due_at = now + CLAIM
        claimed = Message.objects.filter(pk=message.pk, sent_at=None, due_at=seen)
        if claimed.update(due_at=message.due_at, attempts=F("attempts") + 1):
            message.attempts += 1
            return message


def _send(message: Message, connection: BaseEmailBackend, run: Sending) -> bool:
    """Send one, record how it went; gives whether the server, not the message, was at fault."""
    if message.kind != CHECK and is_failing(message.address):
        _give_up(message, "E-mail to this address comes back.")
        return False
    try:
        headers = {"Message-ID": message_id(message.pk)}
        email = EmailMessage(
            message.subject, message.body, to=[message.address], connection=connection, headers=headers
        )
        if message.unsubscribe_url:
            email.extra_headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
            email.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        email.send()
    except Exception as error:  # whatever a mail backend raises, the message must stay
        logger.warning("Message %s was not sent: %s", message.pk, error)
        if isinstance(error, SMTPRecipientsRefused) and (refused := _for_good(error)) is not None:
            _give_up(message, f"{type(error).__name__}: {refused.said}")
            if message.kind != FAREWELL:
                mark_failing(message, status=refused.status, said=refused.said)
            run.failed += 1
            return False
        if message.kind == FAREWELL and message.attempts >= MOST_ATTEMPTS:
            message.delete()
            return False
        wait = timedelta(minutes=2**message.attempts)
        message.due_at = timezone.now() + wait
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        message.save(update_fields=["due_at", "last_error"])
        run.failed += 1
        return not isinstance(error, _OF_THIS_MESSAGE_ONLY)
    run.sent += 1
    if message.kind == FAREWELL:
        message.delete()
        return False
    message.sent_at = timezone.now()
    message.last_error = ""
    message.save(update_fields=["sent_at", "last_error"])
    return False


def _give_up(message: Message, why: str) -> None:
    """No sender takes it again; the last to somebody who left is not kept."""
    row = Message.objects.filter(pk=message.pk)
    if message.kind == FAREWELL:
        row.delete()
    else:
        row.update(attempts=GIVEN_UP, last_error=why[:300])


def _for_good(error: SMTPRecipientsRefused) -> Refused | None:
    """What the server said of the address, where it will say so each time; None for what may pass (4xx), or is about
    us and not about them (5.7)."""
    for address, (code, said) in error.recipients.items():
        text = clean_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said))
        found = STATUS.search(text)
        refused = Refused(address, found[0] if found else f"{code // 100}.0.0", f"{code} {text}"[:300])
        if code >= 500 and refused.is_permanent:
            return refused
    return None
