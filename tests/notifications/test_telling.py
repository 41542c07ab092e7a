"""What people are told is written with what it tells of, and sent once."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any, ClassVar

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from notifications.domain.sending import MOST_ATTEMPTS, claim_next, send_due
from notifications.domain.telling import tell
from notifications.models import Message
from tests.factories.accounts import UserFactory

HERE = f"{__name__}."


class DownBackend(EmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class PickyBackend(EmailBackend):
    """A mail server that refuses one address."""

    refused: ClassVar[str] = "gone@people.example"

    def send_messages(self, messages: Any) -> int:
        if self.refused in messages[0].to:
            raise SMTPRecipientsRefused({self.refused: (550, b"No such person")})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def template(tmp_path: Path, settings: Any) -> None:
    folder = tmp_path / "notifications" / "email"
    folder.mkdir(parents=True)
    (folder / "hello.txt").write_text("{{ thing }} for {{ recipient|default:'whom it concerns' }}\n{{ SITE_URL }}/x/")
    templates = [dict(settings.TEMPLATES[0])]
    templates[0]["DIRS"] = [*templates[0]["DIRS"], tmp_path]
    settings.TEMPLATES = templates
    settings.SITE_URL = "https://stones.example"


def hello(*recipients: Any, subject: str = "News", thing: str = "Tea & cake <b>") -> list[Message]:
    return tell(recipients, kind="test", subject=subject, template="hello", context={"thing": thing})


def down(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{HERE}DownBackend"


def all_due() -> None:
    Message.objects.filter(sent_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_message_is_plain_text_nothing_escaped_with_the_sites_address(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hello(UserFactory(name="Ann O'Neil", email="ann@people.example"))
    (sent,) = mail.outbox
    assert sent.to == ["ann@people.example"]
    assert sent.body.startswith("Tea & cake <b> for Ann O'Neil\nhttps://stones.example/x/\n")
    assert sent.content_subtype == "plain"
    assert Message.objects.get().sent_at is not None


@pytest.mark.django_db
def test_each_address_is_told_once_whatever_its_case_and_closed_accounts_are_not() -> None:
    person = UserFactory(email="ann@people.example")
    closed = UserFactory(is_active=False)
    written = hello(
        "ANN@people.example", person, person, closed, "b@people.example", "no address", "x@y\nBcc: z@z.example"
    )
    assert [(message.address, message.user) for message in written] == [
        ("ann@people.example", person),
        ("b@people.example", None),
    ]


@pytest.mark.django_db
def test_a_subject_cannot_add_a_header_and_is_never_too_long(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        hello("a@people.example", subject="Hi\r\nBcc: all@people.example\x00" + "long " * 100)
    (sent,) = mail.outbox
    assert sent.subject.startswith("Hi Bcc: all@people.example")
    assert len(sent.subject) == 200
    assert "\n" not in sent.subject
    assert sent.recipients() == ["a@people.example"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_or_sent_when_the_transaction_rolls_back() -> None:
    with transaction.atomic():
        hello("a@people.example")
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_before_the_transaction_commits() -> None:
    with transaction.atomic():
        hello("a@people.example")
        assert not mail.outbox
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_raises_nothing_and_loses_nothing(settings: Any) -> None:
    down(settings)
    hello("a@people.example", "b@people.example")
    first, second = Message.objects.order_by("pk")
    assert (first.sent_at, first.attempts) == (None, 1)
    assert "unexpectedly closed" in first.last_error
    assert first.due_at > timezone.now()
    assert (second.sent_at, second.attempts) == (None, 0)  # the server failed: the rest was not tried

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    all_due()
    out = StringIO()
    call_command("send_pending", stdout=out)
    assert "2 sent" in out.getvalue()
    assert sorted(message.to[0] for message in mail.outbox) == ["a@people.example", "b@people.example"]
    assert not Message.objects.filter(sent_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_one_address_that_is_refused_does_not_hold_up_the_others(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{HERE}PickyBackend"
    hello("gone@people.example", "b@people.example")
    assert [message.to for message in mail.outbox] == [["b@people.example"]]
    assert Message.objects.get(sent_at=None).address == "gone@people.example"


@pytest.mark.django_db
def test_the_waits_between_attempts_double_and_end(settings: Any) -> None:
    down(settings)
    (message,) = hello("a@people.example")
    waits = []
    for _ in range(MOST_ATTEMPTS + 3):
        all_due()
        send_due()
        message.refresh_from_db()
        waits.append(message.due_at - timezone.now())
    assert message.attempts == MOST_ATTEMPTS
    assert timedelta(minutes=1) < waits[0] <= timedelta(minutes=2)
    assert timedelta(minutes=7) < waits[2] <= timedelta(minutes=8)
    assert message.sent_at is None  # still there, for a person to look at


@pytest.mark.django_db
def test_a_message_that_one_sender_has_claimed_is_not_taken_by_another() -> None:
    (message,) = hello("a@people.example")
    assert claim_next() == message
    assert claim_next() is None
    assert send_due().sent == 0
    assert not mail.outbox


@pytest.mark.django_db
def test_a_message_whose_sender_died_is_taken_again_after_a_while() -> None:
    (message,) = hello("a@people.example")
    claim_next()
    all_due()  # five minutes later
    assert send_due().sent == 1
    message.refresh_from_db()
    assert message.attempts == 2
