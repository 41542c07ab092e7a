"""E-mail that comes back: the address is marked, written to no more, and written to again once it works."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from initiatives.models import Asking
from notifications.bounces.reading import LARGEST, Unreadable, read_report
from notifications.domain.bouncing import MOST_SOFT, Outcome, is_failing, take_report
from notifications.domain.sending import MOST_ATTEMPTS, send_due
from notifications.domain.telling import tell
from notifications.models import Bounce, FailingAddress, Message, Notice
from organisations.domain.errors import OrganisationError
from organisations.domain.inviting import invite_member
from organisations.models import Role
from tests.factories.accounts import UserFactory, sign_in
from tests.factories.bounces import report, sent_to
from tests.factories.initiatives import InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
ANN = "ann@people.example"


def taken(raw: bytes) -> list[Outcome]:
    return take_report(read_report(raw))


def refusing(monkeypatch: pytest.MonkeyPatch, code: int, said: bytes) -> None:
    def refuse(self: EmailBackend, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (code, said)})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def waiting(address: str = ANN) -> Message:
    return Message.objects.create(address=address, kind="test", subject="s", body="b")


def test_an_address_that_a_report_names_as_gone_is_written_to_no_more() -> None:
    user = UserFactory(email=ANN)
    later = waiting()
    assert taken(report(ANN, about=sent_to(ANN))) == [Outcome.FAILS]
    user.refresh_from_db()
    assert user.is_unreachable
    tell([user], kind="test", subject="Another", template="digest", context={"lines": []}, path="/your-work/")
    send_due()
    assert mail.outbox == []
    later.refresh_from_db()
    assert later.sent_at is None and "comes back" in later.last_error
    assert Notice.objects.filter(user=user).count() == 1  # the inbox still tells


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        (lambda: report("nobody@people.example"), Outcome.STRANGER),
        (lambda: report(ANN, original="<message.7.0123456789abcdef0123456789abcdef@localhost>"), Outcome.STRANGER),
        (lambda: report("other@people.example", about=sent_to(ANN)), Outcome.FAILS),  # forwarded: it is ours
        (lambda: report(ANN, original="<x@mx.example>"), Outcome.COUNTED),  # anybody may write that
        (lambda: report(ANN.upper()), Outcome.FAILS),
        (lambda: report(ANN, status="4.2.2", said="smtp; 452 4.2.2 full"), Outcome.COUNTED),
        (lambda: report(ANN, status="5.7.1", said="smtp; 550 5.7.1 your server is listed"), Outcome.COUNTED),
        (lambda: report(ANN, status="", said="smtp; 550 no such user"), Outcome.FAILS),
        (lambda: report(ANN, status="", said="x-unix; it did not work"), Outcome.COUNTED),
    ],
)
def test_a_report_counts_as_far_as_it_can_be_believed(made: Any, outcome: Outcome) -> None:
    sent_to(ANN)
    assert taken(made()) == [outcome]
    assert is_failing(ANN) is (outcome == Outcome.FAILS)
    assert Bounce.objects.exists() is (outcome != Outcome.STRANGER)


def test_what_was_sent_long_ago_is_reported_too_late() -> None:
    sent_to(ANN, sent_at=timezone.now() - timedelta(days=40))
    assert taken(report(ANN, original="<x@mx.example>")) == [Outcome.STRANGER]


def test_reports_that_prove_nothing_count_once_a_day(time_machine) -> None:
    """So that whoever knows an address cannot silence it by a handful of forged reports."""
    sent_to(ANN)
    forged = [report(ANN, original="<x@mx.example>", number=number) for number in range(MOST_SOFT * 3)]
    assert [taken(one) for one in forged[: MOST_SOFT * 2]] == [[Outcome.COUNTED]] + [[Outcome.KNOWN]] * (
        MOST_SOFT * 2 - 1
    )
    assert not is_failing(ANN)
    start, outcomes = timezone.now(), []
    for day, one in enumerate(forged[MOST_SOFT * 2 : MOST_SOFT * 3 - 1], start=1):
        time_machine.move_to(start + timedelta(days=day, hours=day))
        outcomes += taken(one)
    assert outcomes == [Outcome.COUNTED] * (MOST_SOFT - 2) + [Outcome.FAILS]


def test_success_and_delay_are_no_failure() -> None:
    sent_to(ANN)
    assert taken(report(ANN, action="relayed", status="2.0.0")) == []
    assert taken(report(ANN, action="delayed", status="4.4.1", said="smtp; 421 later")) == [Outcome.COUNTED]


def test_five_failures_that_may_pass_within_a_fortnight_are_one_that_does_not() -> None:
    sent_to(ANN)
    raw = [report(ANN, status="4.2.2", said="", number=number) for number in range(MOST_SOFT + 1)]
    assert [taken(one) for one in raw[:-2]] == [[Outcome.COUNTED]] * (MOST_SOFT - 1)
    Bounce.objects.filter(pk=Bounce.objects.earliest("pk").pk).update(at=timezone.now() - timedelta(days=15))
    assert taken(raw[0]) == [Outcome.KNOWN]  # read twice it counts once
    assert taken(raw[-2]) == [Outcome.COUNTED]  # the first is too long ago
    assert taken(raw[-1]) == [Outcome.FAILS]


def test_a_refusal_while_sending_marks_the_address_and_one_that_may_pass_is_tried_again(monkeypatch) -> None:
    refusing(monkeypatch, 451, b"4.7.1 greylisted")
    message = waiting()
    send_due()
    message.refresh_from_db()
    assert not is_failing(ANN) and message.attempts == 1
    Message.objects.update(due_at=timezone.now())
    refusing(monkeypatch, 550, b"5.7.1 relaying denied")
    send_due()
    assert not is_failing(ANN)
    Message.objects.update(due_at=timezone.now())
    refusing(monkeypatch, 550, b"5.1.1 no such user")
    send_due()
    message.refresh_from_db()
    assert is_failing(ANN) and message.attempts > MOST_ATTEMPTS and message.sent_at is None


def test_the_person_sees_it_on_every_page_and_shows_that_it_works(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    user = UserFactory(email=ANN)
    taken(report(ANN, about=sent_to(ANN)))
    sign_in(client, user)
    assert f"E-mail to {ANN} does not arrive" in client.get("/places/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/inbox/address/")
        client.post("/inbox/address/")  # pressed twice: one message
    assert [message.to for message in mail.outbox] == [[ANN]]
    link = next(word for word in mail.outbox[0].body.split() if "/inbox/address/" in word)
    path = "/" + link.split("/", 3)[3]
    assert client.get(path).status_code == 200 and is_failing(ANN)  # opened it changes nothing
    assert Client().post(path).status_code == 200 and not is_failing(ANN)
    assert "does not arrive" not in client.get("/places/").content.decode()
    assert client.post(path).status_code == 200  # twice is once
    taken(report(ANN, about=sent_to(ANN), number=2))
    replayed = client.post(path)
    assert replayed.status_code == 410 and is_failing(ANN)  # of another failure it is refused
    assert client.get(path[:-3] + "/").status_code == 410


def test_a_link_that_says_an_address_works_expires(time_machine, client: Client) -> None:
    from notifications.domain.reaching import token_for

    token = token_for(FailingAddress.objects.create(address=ANN))
    time_machine.move_to(timezone.now() + timedelta(days=4))
    assert "older than three days" in client.post(f"/inbox/address/{token}/").content.decode()
    assert is_failing(ANN)


def test_another_address_ends_the_warning_and_a_code_that_was_typed_says_that_it_works(client: Client) -> None:
    from allauth.account.models import EmailAddress
    from allauth.account.signals import email_confirmed

    user = UserFactory(email=ANN)
    taken(report(ANN, about=sent_to(ANN)))
    user.refresh_from_db()
    user.email = "new@people.example"
    assert not user.is_unreachable
    email_confirmed.send(sender=EmailAddress, request=None, email_address=EmailAddress.objects.get(email=ANN))
    assert not is_failing(ANN)


def test_of_an_address_that_nobody_here_has_it_is_forgotten_after_a_month() -> None:
    FailingAddress.objects.create(address=ANN, since=timezone.now() - timedelta(days=31))
    assert not is_failing(ANN)


def test_owners_are_told_once_of_an_invitation_that_did_not_arrive(django_capture_on_commit_callbacks) -> None:
    owner = MembershipFactory(role=Role.OWNER)
    invite_member(owner.organisation, user=owner.user, email=ANN)
    Message.objects.update(sent_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        taken(report(ANN, number=1))
        taken(report(ANN, number=2))
    told = [message for message in mail.outbox if "did not arrive" in message.subject]
    assert [message.to for message in told] == [[owner.user.email]]
    with pytest.raises(OrganisationError, match="came back lately"):
        invite_member(owner.organisation, user=owner.user, email=ANN)


def test_whoever_else_may_answer_is_told_that_a_question_goes_unread(django_capture_on_commit_callbacks) -> None:
    organisation = OrganisationFactory(is_public=True)
    MembershipFactory(organisation=organisation, user=UserFactory(email=ANN), role=Role.OWNER)
    other = MembershipFactory(organisation=organisation, role=Role.EDITOR)
    now = timezone.now()
    Asking.objects.create(initiative=InitiativeFactory(lead_organisation=organisation), began_at=now, last_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        taken(report(ANN, about=sent_to(ANN)))
    assert [message.to for message in mail.outbox] == [[other.user.email]]


def test_what_cannot_be_read_has_a_sentence_each() -> None:
    whole = report(ANN)
    cut = whole[: whole.index(b"Final-Recipient")]
    plain = b"From: a@b.example\nSubject: Hello\n\nOn holiday until Monday.\n"
    encoded = whole.replace(
        b"message/delivery-status\n", b"message/delivery-status\nContent-Transfer-Encoding: base64\n"
    ).replace(b"Reporting-MTA: dns; mx.example\n", b"UmVwb3J0aW5nLU1UQQ==\n")
    said = set()
    for raw in (b" \n", b"x" * (LARGEST + 1), plain, whole[: whole.index(b"message/delivery")], cut):
        with pytest.raises(Unreadable) as refused:
            read_report(raw)
        said.add(str(refused.value))
    assert len(said) == 5
    for raw in (encoded, b"\xff\xfe" + whole, whole.replace(b"No such user", b"\xe4\xf6\xfc\x00")):
        with suppress(Unreadable):
            read_report(raw)


def test_a_report_cut_off_anywhere_or_garbled_is_a_sentence_and_never_an_error() -> None:
    whole = report(ANN)
    for end in range(0, len(whole), 37):
        for raw in (whole[:end], whole[:end] + b"\x80\x00\r\n:;" + whole[end:]):
            try:
                read_report(raw)
            except Unreadable as error:
                assert str(error).endswith(".")


def test_parts_within_parts_without_end_are_a_sentence_and_hold_up_nothing_behind_them(tmp_path: Path) -> None:
    sent_to(ANN)
    deep = b"Content-Type: multipart/report; boundary=0\n\n"
    deep += b"".join(b"--%d\nContent-Type: multipart/mixed; boundary=%d\n\n" % (at, at + 1) for at in range(2_000))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(deep)
    (tmp_path / "new" / "2").write_bytes(report(ANN))
    out, err = run(tmp_path)
    assert "2 read: 1 addresses fail" in out and "too deep" in err and is_failing(ANN)


def run(where: Path | str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("read_bounces", str(where), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reads_a_file_a_mailbox_a_maildir_and_what_is_piped_in(tmp_path: Path, monkeypatch) -> None:
    one, two = "one@people.example", "two@people.example"
    for address in (one, two):
        sent_to(address)
    single = tmp_path / "single.eml"
    single.write_bytes(report(one))
    assert "1 read: 1 addresses fail" in run(single)[0]
    assert "0 addresses fail, 0 counted, 1 known already" in run(single)[0]
    box = tmp_path / "box"
    plain = b"Subject: Hello\n\nOn holiday.\n"
    box.write_bytes(b"".join(b"From x Sat Nov 28 07:00:00 2026\n" + raw + b"\n" for raw in (plain, report(two))))
    out, err = run(box)
    assert "2 read: 1 addresses fail" in out and "1 no delivery report" in out and "box, 1: " in err
    folder = tmp_path / "Maildir"
    (folder / "new").mkdir(parents=True)
    (folder / "new" / "1.x").write_bytes(report("nobody@people.example"))
    assert "1 about nobody we wrote to" in run(folder)[0]
    assert "0 read" in run(folder)[0] and [file.name for file in (folder / "cur").iterdir()] == ["1.x:2,S"]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(report(one, number=9))))
    assert "1 read" in run("-")[0]
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"x" * 10_000_000)))
    assert "larger than two megabytes" in run("-")[1]
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(CommandError):
            run(missing)
