"""Entries stay fresh: who looks after one is asked, reminded, and answers with one press."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from initiatives.domain import asking
from initiatives.domain.asking import LinkRefused, answer_still_running, answer_token, ask_what_is_due, read_question
from initiatives.domain.running import confirm_running, end_initiative
from initiatives.models import Asking, Freshness, Initiative
from initiatives.queries.counting import counts_for
from organisations.models import Membership, Role
from search.models import SearchDocument
from tests.factories.initiatives import MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.timedelta(days=190)
DAYS = datetime.timedelta(days=1)


@pytest.fixture
def owner():
    return MembershipFactory(role=Role.OWNER, organisation__is_public=True).user


@pytest.fixture
def old(owner):
    """One that nobody has touched for more than half a year."""
    return aged(InitiativeFactory(lead_organisation=owner.memberships.get().organisation, title="Bridge Mentors"))


def aged(initiative, by=LONG_AGO):
    then = timezone.now() - by
    Initiative.objects.filter(pk=initiative.pk).update(
        confirmed_at=then, created_at=then, first_published_at=then, last_published_at=then
    )
    initiative.refresh_from_db()
    return initiative


def days_pass(number):
    """The daily run as many days from now."""
    return ask_what_is_due(timezone.now() + number * DAYS)


def is_found(initiative):
    return SearchDocument.objects.filter(kind="initiatives", object_id=initiative.pk).exists()


def listed_here():
    return counts_for(MIDDLESBROUGH).total()


def test_who_looks_after_it_is_asked_half_a_year_after_the_last_word_and_once(
    old, owner, django_capture_on_commit_callbacks
):
    InitiativeFactory(lead_organisation=old.lead_organisation)  # fresh: nobody asks
    MembershipFactory(organisation=old.lead_organisation, role=Role.MEMBER)  # may not answer: is not asked
    with django_capture_on_commit_callbacks(execute=True):
        call_command("ask_still_running", verbosity=0)
        call_command("ask_still_running", verbosity=0)
    (sent,) = mail.outbox
    assert sent.to == [owner.email]
    assert sent.subject == "Is it still running? Bridge Mentors"
    assert len(re.findall(r"/still-running/\S+/", sent.body)) == 1


def test_one_message_asks_of_all_that_an_organisation_has(old, owner, django_capture_on_commit_callbacks):
    aged(InitiativeFactory(lead_organisation=old.lead_organisation))
    with django_capture_on_commit_callbacks(execute=True):
        assert days_pass(0).first == 2
    (sent,) = mail.outbox
    assert sent.subject == "Are they still running? 2 initiatives"
    assert len(set(re.findall(r"/still-running/\S+/", sent.body))) == 2


def test_it_is_reminded_of_twice_then_marked_then_left_out_of_lists(old, django_capture_on_commit_callbacks):
    assert listed_here() == 1
    told = []
    for day in (0, 13, 14, 27, 28, 41, 42, 69, 70, 100):
        with django_capture_on_commit_callbacks(execute=True):
            asked = days_pass(day)
        old.refresh_from_db()
        told.append((day, asked.first, asked.again, asked.marked, asked.left_out, old.freshness, listed_here()))
    assert told == [
        (0, 1, 0, 0, 0, "fresh", 1),
        (13, 0, 0, 0, 0, "fresh", 1),
        (14, 0, 1, 0, 0, "fresh", 1),
        (27, 0, 0, 0, 0, "fresh", 1),
        (28, 0, 1, 0, 0, "fresh", 1),
        (41, 0, 0, 0, 0, "fresh", 1),
        (42, 0, 0, 1, 0, "stale", 1),
        (69, 0, 0, 0, 0, "stale", 1),
        (70, 0, 0, 0, 1, "hidden", 0),
        (100, 0, 0, 0, 0, "hidden", 0),
    ]
    assert len(mail.outbox) == 5
    assert mail.outbox[-1].subject == "No longer in lists: Bridge Mentors"
    assert not is_found(old)


def test_a_run_that_rested_for_months_still_takes_one_step_at_a_time(old):
    days_pass(0)
    assert [days_pass(200).again, days_pass(201).again, days_pass(206).again] == [1, 0, 1]


def test_its_pages_say_since_when_nobody_has_confirmed_it(old, client: Client):
    for day in (0, 14, 28, 42):
        days_pass(day)
    page = client.get(old.get_absolute_url()).content.decode()
    assert "Nobody has confirmed since" in page
    assert "Not confirmed lately" in client.get("/initiatives/").content.decode()
    days_pass(70)
    assert "Bridge Mentors" not in client.get("/initiatives/?again").content.decode()
    organisation = client.get(old.lead_organisation.get_absolute_url()).content.decode()
    assert "What nobody has confirmed lately" in organisation and "Bridge Mentors" in organisation


def link(initiative, user):
    return f"/still-running/{answer_token(Asking.objects.get(pk=initiative.pk), user)}/"


def test_one_press_answers_without_signing_in_and_brings_it_back_to_lists(old, owner, client: Client):
    for day in (0, 14, 28, 42, 70):
        days_pass(day)
    address = link(old, owner)
    assert "Yes, it is still running" in client.get(address).content.decode()
    assert Initiative.objects.get(pk=old.pk).freshness == Freshness.HIDDEN  # opening it answered nothing
    assert "Thank you" in client.post(address).content.decode()
    old.refresh_from_db()
    assert old.freshness == Freshness.FRESH and old.confirmed_at.date() == timezone.now().date()
    assert listed_here() == 1 and is_found(old)
    assert not Asking.objects.exists()


def test_a_link_can_only_answer_its_own_question(old, owner, client: Client):
    days_pass(0)
    address = link(old, owner)
    client.post(address)
    assert "sessionid" not in client.cookies
    confirmed = Initiative.objects.get(pk=old.pk).confirmed_at
    assert "answered already" in client.post(address).content.decode()  # pressed again, or forwarded
    assert Initiative.objects.get(pk=old.pk).confirmed_at == confirmed
    with time_machine.travel(timezone.now() + LONG_AGO, tick=False):
        ask_what_is_due(timezone.now())
        assert client.post(address).status_code == 410  # a new question, half a year on; the link is too old as well
        assert Asking.objects.exists()


def test_an_earlier_question_s_link_does_not_answer_the_next_one(old, owner):
    days_pass(0)
    token = answer_token(Asking.objects.get(), owner)
    answer_still_running(token)
    aged(old)
    days_pass(1)
    with pytest.raises(LinkRefused, match="earlier question"):
        answer_still_running(token)
    assert Asking.objects.exists()


def test_where_nobody_can_be_asked_silence_says_nothing():
    aged(InitiativeFactory())
    assert [days_pass(day).first for day in (0, 100)] == [0, 0]


def test_who_answers_while_the_daily_run_goes_on_is_not_asked_anew(old, owner, monkeypatch):
    days_pass(0)
    found = asking._with_somebody_to_ask

    def answered_meanwhile(organisations):
        confirm_running(old, user=owner)
        return found(organisations)

    monkeypatch.setattr(asking, "_with_somebody_to_ask", answered_meanwhile)
    assert days_pass(14) == asking.Asked()
    assert not Asking.objects.exists()


def test_an_organisation_with_many_is_sent_ten_of_them_and_the_number_of_the_rest(
    old, django_capture_on_commit_callbacks
):
    for _ in range(12):
        aged(InitiativeFactory(lead_organisation=old.lead_organisation))
    with django_capture_on_commit_callbacks(execute=True):
        days_pass(0)
    assert len(re.findall(r"/still-running/\S+/", mail.outbox[0].body)) == 10
    assert "And 3 more" in mail.outbox[0].body


def test_what_lists_leave_out_is_in_no_list_narrowed_or_for_machines(old, client: Client):
    kept = aged(InitiativeFactory(lead_organisation=old.lead_organisation, title="Kept Alive"))
    for day in (0, 14, 28, 42):
        days_pass(day)
    confirm_running(kept, user=old.lead_organisation.memberships.get().user)
    days_pass(70)
    for address in ("/initiatives/?stage=primary", "/initiatives/", "/search/?q=primary", "/sitemap-initiatives.xml"):
        page = client.get(address).content.decode()
        assert kept.slug in page and old.slug not in page, address


def test_a_link_s_token_is_in_no_log(old, owner, client: Client, caplog):
    days_pass(0)
    address = link(old, owner)
    client.get(address)
    assert "/still-running/…/" in caplog.text and address not in caplog.text


def test_a_link_to_one_that_ended_meanwhile_says_so(old, owner, client: Client):
    days_pass(0)
    address = link(old, owner)
    end_initiative(old, user=owner)
    assert "is marked as ended" in client.get(address).content.decode()


@pytest.mark.parametrize("token", ["x", "a:b:c", "é" * 40, "1:1:1"])
def test_a_link_that_is_not_whole_says_what_to_do(token, client: Client):
    answer = client.get(f"/still-running/{token}/")
    assert answer.status_code == 410
    assert "sign in and answer" in answer.content.decode()


def test_a_link_of_somebody_who_left_does_not_answer(old, owner):
    days_pass(0)
    token = answer_token(Asking.objects.get(), owner)
    Membership.objects.filter(user=owner).delete()
    with pytest.raises(LinkRefused, match="does not look after"):
        read_question(token)


def test_ending_it_answers_too(old, owner):
    for day in (0, 14, 28, 42, 70):
        days_pass(day)
    end_initiative(old, user=owner)
    assert not Asking.objects.exists()
    assert days_pass(400).first == 0


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_answer_once(old, owner):
    days_pass(0)
    token = answer_token(Asking.objects.get(), owner)
    answers = at_once(*[lambda: answer_still_running(token).waits] * 2)
    assert sorted(answers) == [False, True]


@pytest.mark.parametrize("number", [1, 30])
def test_asking_of_thirty_takes_the_same_queries_as_of_one(old, number, django_assert_num_queries):
    for _ in range(number - 1):
        aged(InitiativeFactory(lead_organisation=old.lead_organisation))
    with django_assert_num_queries(18):
        assert days_pass(0).first == number
