"""Who is asked to join by an amendment: reads that version alone, agrees or says why not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.models import Notice
from organisations.models import Role
from partnerships.domain.acting import add_action
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.errors import NotAllowed
from partnerships.domain.following import settle_departures
from partnerships.domain.leaving import leave
from partnerships.domain.terms import PartyTerms, terms_of
from partnerships.models import ChangeRequest, Departure, State
from partnerships.queries.dates import days_of
from tests.factories.accounts import sign_in
from tests.factories.organisations import MembershipFactory
from tests.factories.partnerships import again, days, in_force, owner_of, party

pytestmark = pytest.mark.django_db


def seen(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def deed(client, partnership, name, organisation, **given):
    address = reverse("partnership-do", args=[partnership.slug])
    return client.post(address, {"do": name, "organisation": organisation.pk, **given})


def asked(*parties, joins) -> Any:
    """In force between these, with a past, an action and somebody on notice; version 3 asks another to join."""
    partnership = in_force(*parties)
    (one, user), (two, other) = parties[:2]
    add_action(partnership, user=user, organisation=one, text="Paint the room", owner=one, due_on=days(3))
    earlier = replace(terms_of(partnership.stands), title="Earlier words")
    amend(partnership, earlier, seen=1, user=user, organisation=one)
    agree(partnership, number=2, user=other, organisation=two)
    before = again(partnership).stands
    more = replace(
        terms_of(before),
        title="Wider",
        purpose="Mentors meet fifty Year 7s every Tuesday.",
        parties=(*terms_of(before).parties, PartyTerms(joins[0].pk, "funds", "£4,000")),
    )
    amend(partnership, more, seen=2, user=user, organisation=one, note="They offer money.")
    return again(partnership)


@pytest.fixture
def trio():
    return party("Riverbank"), party("Teeslight"), party("Harbour")


def test_they_read_the_proposed_version_and_what_it_changes_and_nothing_else(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, three[1])
    html = seen(client.get(partnership.get_absolute_url()))
    for words in ("You are asked to join", "They offer money.", "fifty</ins>", "forty</del>", "Agree for Harbour"):
        assert words in html
    for words in ("Paint the room", "talk-heading", "all versions", "record.json", 'value="leave"', 'value="act"'):
        assert words not in html
    for name in ("partnership-history", "partnership-json", "partnership-actions", "partnership-amend"):
        assert client.get(reverse(name, args=[partnership.slug])).status_code == 404
    assert days_of(three[1]) == []
    listed = seen(client.get(reverse("partnerships")))
    assert "Wider" in listed and "You are asked to join" in listed and "Earlier words" not in listed
    table = b"".join(client.get(reverse("partnerships-csv"))).decode()
    assert "Wider" in table and "Earlier words" not in table


def test_they_can_do_nothing_but_answer(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, three[1])
    for name in ("act", "close", "leave", "stay", "consent", "finish"):
        assert deed(client, partnership, name, three[0], text="X", outcome="X").status_code == 302
    with pytest.raises(NotAllowed):
        add_action(partnership, user=three[1], organisation=three[0], text="Paint", owner=three[0])
    assert partnership.actions.count() == 1 and again(partnership).state == State.IN_FORCE
    assert not partnership.consents.exists() and not Departure.objects.exists()
    assert deed(client, partnership, "ask", three[0], number=3, text="Only £3,000.").status_code == 302
    assert "Only £3,000." in seen(client.get(partnership.get_absolute_url()))
    assert deed(client, partnership, "agree", three[0], number=2).status_code == 422  # an old version


def test_once_all_agree_they_are_a_party(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, three[1])
    deed(client, partnership, "agree", three[0], number=3)
    html = seen(client.get(partnership.get_absolute_url()))
    assert "You have agreed. It is in force once all others have." in html and 'value="agree"' not in html
    assert agree(partnership, number=3, user=two[1], organisation=two[0])
    assert "Paint the room" in seen(client.get(partnership.get_absolute_url()))
    assert not again(partnership).invited.exists()


def test_who_declines_says_why_and_the_others_are_not_bound_to_do_it_without_them(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    agree(partnership, number=3, user=two[1], organisation=two[0])
    sign_in(client, three[1])
    answer = deed(client, partnership, "decline", three[0], reason=" ")
    assert answer.status_code == 422 and not Departure.objects.exists()
    for _click in range(2):
        assert deed(client, partnership, "decline", three[0], reason="Our board said no.").status_code == 302
    assert Departure.objects.count() == 1
    now = again(partnership)
    assert (now.stands.number, now.latest) == (2, 3)  # they agreed to it with Harbour's money
    assert client.get(partnership.get_absolute_url()).status_code == 404
    for _organisation, user in (one, two):
        assert Notice.objects.get(user=user, detail="Our board said no.").title == "Harbour does not join “Wider”"
    sign_in(client, one[1])
    html = seen(client.get(partnership.get_absolute_url()))
    assert "Harbour does not join" in html and "Our board said no." in html
    without = replace(terms_of(now.versions.get(number=3)), parties=terms_of(now.stands).parties)
    amend(partnership, without, seen=3, user=one[1], organisation=one[0])
    assert agree(partnership, number=4, user=two[1], organisation=two[0])


def test_who_is_no_longer_asked_hears_of_it(trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    without = replace(terms_of(partnership.stands), title="Without them")
    amend(partnership, without, seen=3, user=one[1], organisation=one[0])
    assert Notice.objects.filter(user=three[1], title="You are no longer asked to join “Wider”").exists()
    assert not Notice.objects.filter(user=three[1], title__contains="version 4").exists()


def test_having_agreed_to_what_never_came_into_force_opens_no_record(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    agree(partnership, number=3, user=three[1], organisation=three[0])
    without = replace(terms_of(partnership.stands), title="Without them")
    amend(partnership, without, seen=3, user=one[1], organisation=one[0])
    sign_in(client, three[1])
    for name in ("partnership", "partnership-history", "partnership-json"):
        assert client.get(reverse(name, args=[partnership.slug])).status_code == 404
    assert partnership.get_absolute_url() not in seen(client.get(reverse("partnerships")))


def test_who_acts_for_a_party_and_for_one_asked_to_join_answers_for_both(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    MembershipFactory(organisation=three[0], user=two[1], role=Role.EDITOR)
    sign_in(client, two[1])
    html = seen(client.get(partnership.get_absolute_url()))
    assert "Agree for Harbour" in html and "Agree for Teeslight" in html and "Do not join" in html
    assert deed(client, partnership, "decline", three[0], reason="Not now.").status_code == 302
    assert Departure.objects.get().organisation == three[0]


def test_a_member_of_who_is_asked_reads_whom_to_ask(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, owner_of(three[0], role=Role.MEMBER))
    html = seen(client.get(partnership.get_absolute_url()))
    assert f"act for Harbour. Ask {three[1]}." in html and 'value="agree"' not in html
    assert deed(client, partnership, "agree", three[0], number=3).status_code == 403


def test_the_page_asks_as_much_for_thirty_parties_as_for_three(client, django_assert_max_num_queries, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, three[1])
    with CaptureQueriesContext(connection) as few:
        client.get(partnership.get_absolute_url())
    wide = in_force(one, *(party() for _number in range(29)))
    said = terms_of(wide.stands)
    more = replace(said, title="Wide", parties=(*said.parties, PartyTerms(three[0].pk, "funds", "")))
    amend(wide, more, seen=1, user=one[1], organisation=one[0])
    with django_assert_max_num_queries(len(few)):
        assert b"Wide" in client.get(wide.get_absolute_url()).content


def test_what_is_asked_twice_is_asked_once(client, trio):
    one, two, three = trio
    partnership = asked(one, two, joins=three)
    sign_in(client, two[1])
    for _click in range(2):
        assert deed(client, partnership, "ask", two[0], number=3, text="Start in October.").status_code == 302
    assert ChangeRequest.objects.count() == 1
    assert Notice.objects.filter(user=one[1], detail="Start in October.").count() == 1


def test_who_comes_from_signing_in_to_a_buttons_address_is_led_to_the_page(client, trio):
    one, two, _three = trio
    partnership = in_force(one, two)
    address = reverse("partnership-do", args=[partnership.slug])
    assert "/login/" in client.post(address, {"do": "agree"})["Location"]
    sign_in(client, two[1])
    assert client.get(address)["Location"] == partnership.get_absolute_url()


def test_somebody_who_left_sees_in_the_list_what_they_left_as_it_was(client, trio):
    one, two, three = trio
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(1))
    Departure._base_manager.update(takes_effect_on=days(0))
    settle_departures(days(0))
    later = replace(terms_of(partnership.stands), title="Later", parties=terms_of(partnership.stands).parties[:2])
    amend(partnership, later, seen=1, user=one[1], organisation=one[0])
    agree(partnership, number=2, user=two[1], organisation=two[0])
    sign_in(client, three[1])
    html = seen(client.get(reverse("partnerships")))
    assert "One door for Year 7" in html and "You take no part any more" in html and "Later" not in html
