"""The calendar: one address a person, for dates alone, that can be ended; written as RFC 5545 has it."""

from __future__ import annotations

import datetime

import pytest
from django.core import signing
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from partnerships.domain.acting import add_action
from partnerships.domain.feeding import new_address, token_of
from partnerships.ical import Day, calendar
from partnerships.models import CalendarFeed
from tests.factories.accounts import sign_in
from tests.factories.partnerships import days, in_force, party

AT = datetime.datetime(2027, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_day_is_an_event_of_the_whole_day():
    lines = unfolded(
        calendar("Mine", [Day("a@b", datetime.date(2027, 3, 31), "Review; then, cake\\", "One\nTwo")], at=AT)
    )
    for line in (
        "BEGIN:VCALENDAR",
        "DTSTAMP:20270102T030405Z",
        "DTSTART;VALUE=DATE:20270331",
        "DTEND;VALUE=DATE:20270401",
        r"SUMMARY:Review\; then\, cake\\",
        r"DESCRIPTION:One\nTwo",
        "END:VCALENDAR",
    ):
        assert line in lines


@given(st.text())
def test_lines_are_short_and_no_character_is_cut_whatever_the_title(title):
    text = calendar("Mine", [Day("a@b", datetime.date(1, 1, 1), title)], at=AT)
    assert text.endswith("\r\n")
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert sum(line.startswith("BEGIN:") for line in unfolded(text)) == 2  # no title begins an event of its own


def test_the_last_day_there_is_breaks_nothing():
    assert "DTSTART;VALUE=DATE:99991231" in calendar("Mine", [Day("a@b", datetime.date.max, "End")], at=AT)


@pytest.mark.django_db
def test_the_address_gives_dates_without_signing_in_until_it_is_ended(client):
    one, two = party(), party()
    partnership = in_force(one, two)
    add_action(partnership, user=one[1], organisation=one[0], text="Paint it", owner=two[0], due_on=days(9))
    sign_in(client, two[1])
    page = reverse("partnerships-calendar")
    client.post(page, {"do": "new"})
    address = reverse("partnerships-feed", args=[token_of(CalendarFeed.objects.get())])
    assert address in client.get(page).content.decode()
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 4  # first and last day, review, action
    assert "Paint it" in text and "forty" not in text
    sign_in(client, two[1])
    client.post(page, {"do": "new"})
    assert client.get(address).status_code == 404
    newer = reverse("partnerships-feed", args=[token_of(CalendarFeed.objects.get())])
    assert client.get(newer).status_code == 200
    client.post(page, {"do": "end"})
    assert client.get(newer).status_code == 404


@pytest.mark.django_db
def test_whoever_leaves_the_organisation_finds_nothing_in_their_calendar(client):
    one, two = party(), party()
    in_force(one, two)
    address = reverse("partnerships-feed", args=[new_address(two[1])])
    assert "BEGIN:VEVENT" in client.get(address).content.decode()
    two[0].memberships.all().delete()
    assert "BEGIN:VEVENT" not in client.get(address).content.decode()
    two[1].is_active = False
    two[1].save()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("salt", ["notifications.stop", "search.alerts.stop"])
def test_a_token_made_for_something_else_opens_no_calendar(client, salt):
    feed = CalendarFeed.objects.create(user=party()[1])
    token = signing.dumps([feed.pk, feed.user_id, 1], salt=salt)
    for bad in (token, "x", signing.dumps("words", salt="partnerships.calendar")):
        assert client.get(reverse("partnerships-feed", args=[bad])).status_code == 404
