"""When an e-mail may go: at once, in the morning, on Mondays, never in quiet hours; whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from notifications.domain.notifying import News, notify
from notifications.domain.preferring import Wish, prefer, stop_emails, wishes
from notifications.domain.stopping import stop_token
from notifications.kinds import Frequency, kinds
from notifications.models import Notice
from tests.factories.accounts import UserFactory, sign_in

pytestmark = pytest.mark.django_db
NIGHT = (time(21), time(7))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("email", "quiet", "now", "due"),
    [
        ("once", None, "2026-11-27 23:00", "2026-11-27 23:00"),
        ("once", NIGHT, "2026-11-27 20:59", "2026-11-27 20:59"),
        ("once", NIGHT, "2026-11-27 21:00", "2026-11-28 07:00"),
        ("once", NIGHT, "2026-11-28 06:59", "2026-11-28 07:00"),
        ("once", NIGHT, "2026-11-28 07:00", "2026-11-28 07:00"),
        ("once", (time(12), time(14)), "2026-11-28 13:00", "2026-11-28 14:00"),
        ("once", (time(12), time(12)), "2026-11-28 12:00", "2026-11-28 12:00"),
        # The clocks go forward in the night to 28 March 2027 and back in that to 25 October 2026.
        ("once", NIGHT, "2027-03-27 22:00", "2027-03-28 06:00"),
        ("once", NIGHT, "2026-10-24 22:00", "2026-10-25 07:00"),
        ("daily", None, "2026-11-27 06:59", "2026-11-27 07:00"),
        ("daily", None, "2026-11-27 07:00", "2026-11-28 07:00"),
        ("daily", None, "2026-07-01 06:30", "2026-07-02 06:00"),
        ("weekly", None, "2026-11-27 12:00", "2026-11-30 07:00"),
        ("weekly", None, "2026-11-30 06:00", "2026-11-30 07:00"),
        ("weekly", None, "2026-11-30 08:00", "2026-12-07 07:00"),
    ],
)
def test_an_e_mail_is_due(email, quiet, now, due):
    assert Wish(Frequency(email), True, quiet).email_due_at(at(now)) == at(due)


def test_never_is_never():
    assert Wish(Frequency.NEVER, True).email_due_at(at("2026-11-27 12:00")) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),
    st.sampled_from(Frequency),
    st.none() | st.tuples(st.times(), st.times()),
)
def test_no_e_mail_is_due_before_it_happened_or_later_than_promised(now, email, quiet):
    now = now.replace(tzinfo=UTC)
    due = Wish(email, True, quiet).email_due_at(now)
    days = {Frequency.AT_ONCE: 1, Frequency.DAILY: 1, Frequency.WEEKLY: 7}
    if due is not None:
        assert -1 < (due - now).total_seconds() <= days[email] * 86_400 + 3_600


def chosen(email, inbox=True):
    return {kind.name: (email, inbox) for kind in kinds()}


def news(kind="post", number=1):
    return News(kind=kind, title=lambda n: f"{n} new", path="/x/", about="discussion:1", position=number, grows=True)


def test_a_form_keeps_what_somebody_wants():
    user = UserFactory()
    client = sign_in(Client(), user)
    assert "New posts in discussions you follow" in client.get("/inbox/preferences/").content.decode()
    fields = {f"email-{kind.name}": "weekly" for kind in kinds()}
    assert client.post("/inbox/preferences/", {**fields, "start": "21:00", "end": "07:00"}).status_code == 302
    assert wishes([user.pk], "post")[user.pk] == Wish(Frequency.WEEKLY, False, NIGHT)
    for wrong in ({"start": "21:00"}, {"start": "x", "end": "07:00"}, {"email-post": "hourly"}):
        assert client.post("/inbox/preferences/", {**fields, **wrong}).status_code == 422, wrong
    client.post("/inbox/preferences/", {**fields, "inbox-post": "on"})
    assert wishes([user.pk], "post")[user.pk] == Wish(Frequency.WEEKLY, True, None)


def test_who_wants_neither_e_mail_nor_inbox_is_told_nothing():
    user = UserFactory()
    prefer(user, chosen=chosen("never", inbox=False), quiet=None)
    notify(news(), {user.pk: 1})
    assert not Notice.objects.exists()


def test_what_waits_to_be_mailed_is_mailed_no_more_once_it_is_stopped():
    user = UserFactory()
    notify(news(), {user.pk: 1})
    assert Notice.objects.exclude(email_due_at=None).count() == 1
    stop_emails(user, ["post", "no-such-kind"])
    assert Notice.objects.exclude(email_due_at=None).count() == 0
    assert wishes([user.pk], "post")[user.pk].inbox


def test_one_click_stops_a_kind_without_signing_in_and_looking_does_not():
    user = UserFactory()
    address = f"/inbox/stop/{stop_token(user.pk, ['post'])}/"
    client = Client(enforce_csrf_checks=True)
    assert "Stop the e-mails" in client.get(address).content.decode()
    assert wishes([user.pk], "post")[user.pk].email == Frequency.DAILY
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wishes([user.pk], "post")[user.pk].email == Frequency.NEVER
    assert wishes([user.pk], "mention")[user.pk].email == Frequency.AT_ONCE
    assert client.post("/inbox/stop/forged/").status_code == 404
