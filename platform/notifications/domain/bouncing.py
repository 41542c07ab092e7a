"""An address that e-mail comes back from: marked, no longer written to, and written to again once it works."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.announcing import announce
from notifications.bounces.naming import Forged, pk_of
from notifications.bounces.reading import Refused, Report
from notifications.events import AddressFailed
from notifications.models import Bounce, FailingAddress, Message

MOST_SOFT = 5  # failures that may pass, within WITHIN, and the address is taken to fail
WITHIN = timedelta(days=14)
WROTE_WITHIN = timedelta(days=30)  # a report about nothing that we sent of late is believed by nobody
ONE_UNPROVEN = timedelta(
    days=1
)  # a report without our Message-ID may be anybody's: one a day counts, as one that may pass
FORGOTTEN = timedelta(days=30)  # where nobody here has the address, so nobody can say that it works
CHECK = "address-check"  # the one kind of message that is sent to an address that fails
GIVEN_UP = 99  # attempts; no sender takes a message with so many


class Outcome(Enum):
    """What became of one recipient of a report."""

    FAILS = "fails"
    COUNTED = "counted"
    KNOWN = "known"  # read before, or the address was marked already
    STRANGER = "stranger"  # nobody we wrote to, or a forged report


def take_report(report: Report) -> list[Outcome]:
    """For each recipient that was not reached what follows from it."""
    return [_take(report, refused) for refused in report.refused]


@transaction.atomic
def _take(report: Report, refused: Refused) -> Outcome:
    message, is_proven = _answered(report, refused)
    if message is None:
        return Outcome.STRANGER
    address = message.address
    if not is_proven and Bounce.objects.filter(address=address, at__gt=timezone.now() - ONE_UNPROVEN).exists():
        return Outcome.KNOWN
    is_permanent = refused.is_permanent and is_proven
    _bounce, is_new = Bounce.objects.get_or_create(
        digest=report.digest,
        address=address,
        defaults={"permanent": is_permanent, "status": refused.status, "said": refused.said},
    )
    if not is_new or FailingAddress.objects.filter(address=address).exists():
        return Outcome.KNOWN
    if not is_permanent:
        lately = Bounce.objects.filter(address=address, at__gt=timezone.now() - WITHIN)
        if lately.count() < MOST_SOFT:
            return Outcome.COUNTED
    mark_failing(message, status=refused.status, said=refused.said)
    return Outcome.FAILS


def _answered(report: Report, refused: Refused) -> tuple[Message | None, bool]:
    """Which of our e-mails it is about, and whether that is proven: by the Message-ID that only we could give; else the
    last to that address, which anybody may say."""
    try:
        pk = pk_of(report.message_id)
    except Forged:
        return None, False
    sent = Message.objects.exclude(sent_at=None)
    if pk is not None:
        return sent.filter(pk=pk).first(), True
    since = timezone.now() - WROTE_WITHIN
    return sent.filter(address=refused.address, sent_at__gt=since).order_by("-sent_at", "-pk").first(), False


@transaction.atomic
def mark_failing(message: Message, *, status: str, said: str) -> None:
    """Nothing more is sent there, its owner sees it on every page, and rooms that wrote to it hear of it, once."""
    address = message.address
    row, is_new = FailingAddress.objects.get_or_create(
        address=address, defaults={"status": status[:12], "said": said[:300]}
    )
    if not is_new:
        return
    user = User.objects.filter(email=address, is_active=True).first()
    if user is not None:
        User.objects.filter(pk=user.pk).update(failing_email=address)
    Message.objects.filter(address=address, sent_at=None).exclude(kind=CHECK).update(
        attempts=GIVEN_UP, last_error=f"E-mail to this address comes back: {row.said}"[:300]
    )
    announce(AddressFailed(address, user.pk if user else None))


def is_failing(address: str) -> bool:
    """Whether e-mail there comes back. Of an address that nobody here has, that is forgotten after a month."""
    row = FailingAddress.objects.filter(address=address.lower()).first()
    if row is None:
        return False
    if row.since < timezone.now() - FORGOTTEN and not User.objects.filter(email=row.address, is_active=True).exists():
        works_again(row.address)
        return False
    return True


@transaction.atomic
def works_again(address: str) -> None:
    """It is written to as before, and what counted against it counts no more."""
    FailingAddress.objects.filter(address=address).delete()
    Bounce.objects.filter(address=address).delete()
    User.objects.filter(failing_email=address).update(failing_email="")
