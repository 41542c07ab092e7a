"""What comes about by days that pass and by people who leave, and not by a verb of this room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from discussions.permissions import can_read as can_read_thread
from notifications.models import Notice
from organisations.domain.membership import change_role, remove_member
from organisations.models import Role
from partnerships.domain import following
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.consenting import change_consent
from partnerships.domain.feeding import new_address
from partnerships.domain.leaving import leave
from partnerships.domain.terms import terms_of
from partnerships.models import CalendarFeed, State
from tests.factories.accounts import ModeratorFactory, sign_in
from tests.factories.partnerships import again, days, in_force, owner_of, party, proposed, terms
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


def dropping(one, two, three):
    """In force between three; version 2 leaves the third out, and waits for it alone."""
    partnership = in_force(one, two, three)
    without = replace(terms_of(partnership.stands), title="Two of us", parties=terms(one[0], two[0]).parties)
    amend(partnership, without, seen=1, user=one[1], organisation=one[0])
    assert not agree(partnership, number=2, user=two[1], organisation=two[0])
    Notice.objects.all().delete()
    return partnership


def test_an_amendment_waits_no_longer_for_a_party_whose_last_person_leaves(django_capture_on_commit_callbacks):
    one, two, three = party(), party(), party()
    editor = owner_of(three[0], role=Role.EDITOR)
    partnership = dropping(one, two, three)
    three[1].is_active = False  # who remains is an editor, and an editor may be let go
    three[1].save()
    with django_capture_on_commit_callbacks(execute=True):
        remove_member(editor.memberships.get(), user=ModeratorFactory())
    assert again(partnership).stands.number == 2
    for _organisation, user in (one, two):
        assert Notice.objects.get(user=user).title == "All have agreed, and it is in force: Two of us"
    assert ModelLogEntry.objects.filter(action="partnerships.begin").count() == 2


def test_an_amendment_waits_no_longer_for_a_party_whose_last_editor_becomes_a_member():
    one, two, three = party(), party(), party()
    editor = owner_of(three[0], role=Role.EDITOR)
    partnership = dropping(one, two, three)
    three[1].is_active = False
    three[1].save()
    change_role(editor.memberships.get(), Role.MEMBER, user=ModeratorFactory())
    assert again(partnership).stands.number == 2


def test_several_are_locked_in_the_order_of_their_ids(monkeypatch):
    one, two, three = party(), party(), party()
    wanted = sorted(dropping(one, two, three).pk for _time in range(3))
    locked = []
    monkeypatch.setattr(following, "settle", lambda row: locked.append(row.pk))
    assert following._settled([*reversed(wanted), wanted[1]]) == 3
    assert locked == wanted


def test_the_daily_run_sees_a_party_that_emptied_without_a_word():
    one, two, three = party(), party(), party()
    partnership = dropping(one, two, three)
    call_command("remind_partnerships")
    assert again(partnership).stands.number == 1  # it can still answer
    three[1].is_active = False
    three[1].save()
    call_command("remind_partnerships")
    assert again(partnership).stands.number == 2
    assert Notice.objects.filter(user=one[1], title__startswith="All have agreed").count() == 1


def test_what_begins_because_somebody_leaves_is_told_and_logged_as_any_other():
    one, two, three = party(), party(), party("Harbour")
    partnership = proposed(one, two, three, starts_on=days(40))
    agree(partnership, number=1, user=two[1], organisation=two[0])
    Notice.objects.all().delete()
    leave(partnership, user=three[1], organisation=three[0])
    assert again(partnership).state == State.IN_FORCE
    for _organisation, user in (one, two):
        titles = set(Notice.objects.filter(user=user).values_list("title", flat=True))
        begins = f"All have agreed; it begins on {days(40):%-d %B %Y}: One door for Year 7"
        assert titles == {"Harbour leaves “One door for Year 7”", begins}
    assert ModelLogEntry.objects.get(action="partnerships.begin").data == {"version": 1}


def test_once_all_have_left_it_has_ended_and_its_record_stays(client, time_machine_to):
    one, two = party("Riverbank"), party("Teeslight")
    partnership = in_force(one, two)
    for organisation, user in (one, two):
        change_consent(partnership, user=user, organisation=organisation, wanted=True)
        leave(partnership, user=user, organisation=organisation, on=days(10))
    with time_machine_to(days(10)):
        call_command("remind_partnerships")
        now = again(partnership)
        assert now.state == State.ENDED and now.closed_at is not None
        for _organisation, user in (one, two):
            told = Notice.objects.filter(user=user, title__startswith="All parties have left, so it has ended")
            assert told.count() == 1 and not can_read_thread(user, now.thread)
        assert ModelLogEntry.objects.filter(action="partnerships.end").count() == 1
        call_command("remind_partnerships")
        assert ModelLogEntry.objects.filter(action="partnerships.end").count() == 1
        html = client.get(partnership.get_absolute_url()).content.decode()  # all wanted the summary
        assert "Ended" in html and "Riverbank" in html and "Teeslight" in html
        sign_in(client, one[1])
        assert "Mentors meet forty" in client.get(partnership.get_absolute_url()).content.decode()


def test_a_proposal_that_all_have_turned_down_is_over():
    one, two = party(), party()
    partnership = proposed(one, two)
    for organisation, user in (two, one):
        leave(partnership, user=user, organisation=organisation)
    assert again(partnership).state == State.ENDED


@pytest.mark.django_db(transaction=True)
def test_two_first_calendar_addresses_at_once_are_one_and_no_error():
    _organisation, user = party()
    came = at_once(lambda: new_address(user), lambda: new_address(user))
    assert all(isinstance(token, str) for token in came)
    assert CalendarFeed.objects.count() == 1
