"""What becomes of inbox and e-mails when somebody closes their account."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext as _

from accounts.leaving import Leaving
from accounts.models import left
from notifications.domain.telling import tell
from notifications.models import FAREWELL, Bounce, FailingAddress, Message, Notice, Preference, QuietHours
from texts.cleaning import clean_text


def close(leaving: Leaving) -> None:
    """Their inbox and wishes go, their name goes from copies of e-mails to others, and one last e-mail is written."""
    for model in (Notice, Preference, QuietHours):
        model.objects.filter(user=leaving.user).delete()
    theirs = Q(user=leaving.user) | Q(address__in=leaving.addresses)
    Message.objects.filter(theirs).delete()
    for addressed in (Bounce, FailingAddress):
        addressed.objects.filter(address__in=leaving.addresses).delete()
    _unname_messages(leaving)
    tell(
        [leaving.user.email],  # the bare address: the message leads to nobody, and goes once it is sent
        kind=FAREWELL,
        subject=_("Your account is closed"),
        template="account_closed",
    )


def _unname_messages(leaving: Leaving) -> None:
    """Copies of what others were sent: some say the address beside the name. Of a namesake too: these copies are read
    by nobody, so that harms none."""
    named = Q()
    for one in _called(leaving):
        named |= Q(body__contains=one) | Q(subject__contains=one)
    pattern = _pattern(leaving)
    changed = []
    for message in Message.objects.filter(named).iterator(500):
        message.subject, message.body = pattern.sub(left(), message.subject)[:200], pattern.sub(left(), message.body)
        changed.append(message)
        if len(changed) >= 500:
            Message.objects.bulk_update(changed, ["subject", "body"])
            changed = []
    Message.objects.bulk_update(changed, ["subject", "body"])


def take_words_back(leaving: Leaving, kind: str, texts: Iterable[str]) -> None:
    """From copies of e-mails of a kind what they wrote there, as paragraphs of its own. Asked once the copies name
    them no more (`close`)."""
    for text in {_pattern(leaving).sub(left(), clean_text(one)) for one in texts} - {""}:
        paragraph = f"\n\n{text}\n\n"
        copies = Message.objects.filter(kind=kind, body__contains=paragraph)
        copies.update(body=Replace("body", Value(paragraph), Value("\n\n…\n\n")))


def _called(leaving: Leaving) -> tuple[str, ...]:
    return (leaving.name, *sorted(leaving.addresses))


def _pattern(leaving: Leaving) -> re.Pattern[str]:
    return re.compile("|".join(whole(one).pattern for one in _called(leaving)))


def whole(name: str) -> re.Pattern[str]:
    """The name where no letter stands against it."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def unname_lines(lines: QuerySet[Notice], name: str) -> None:
    """In these lines of other people's inboxes the name that begins the title, and one that is mentioned below it."""
    changed = []
    for line in lines.filter(Q(title__contains=name) | Q(detail__contains=f"@{name}")):
        line.title = whole(name).sub(left(), line.title, count=1)[:200]
        line.detail = line.detail.replace(f"@{name}", f"@{left()}")
        changed.append(line)
    Notice.objects.bulk_update(changed, ["title", "detail"], batch_size=500)
