"""Leaving: a day to come, a notice that can be taken back, and what stays to be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from discussions.permissions import can_read as can_read_thread
from notifications.models import Notice
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.errors import PartnershipError
from partnerships.domain.following import settle_departures
from partnerships.domain.leaving import leave, stay
from partnerships.domain.settling import current_parties
from partnerships.domain.terms import terms_of
from partnerships.models import AlreadyKept, Departure, Stay
from tests.factories.accounts import sign_in
from tests.factories.partnerships import again, days, in_force, party, proposed, terms

pytestmark = pytest.mark.django_db


def deed(client, partnership, name, organisation, **given):
    address = reverse("partnership-do", args=[partnership.slug])
    return client.post(address, {"do": name, "organisation": organisation.pk, **given})


@pytest.mark.parametrize(
    ("day", "sentence"), [("", "This needs an answer"), (0, "from tomorrow on"), (-3, "Choose a day from tomorrow")]
)
def test_nobody_is_out_by_one_click(client, day, sentence):
    one, two = party("Riverbank"), party("Teeslight")
    partnership = in_force(one, two)
    sign_in(client, two[1])
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert f'value="{days(30).isoformat()}"' in html
    answer = deed(client, partnership, "leave", two[0], on=days(day).isoformat() if day != "" else "", reason="Funds.")
    html = answer.content.decode()
    assert answer.status_code == 422 and sentence in html and "Funds." in html
    assert html.count(sentence) == 2  # in the summary and by its box
    assert not Departure.objects.exists()


def test_from_a_proposal_no_day_is_asked_for(client):
    one, two, three = party(), party(), party()
    partnership = proposed(one, two, three)
    sign_in(client, two[1])
    assert 'name="on"' not in client.get(partnership.get_absolute_url()).content.decode()
    assert deed(client, partnership, "leave", two[0]).status_code == 302
    assert Departure.objects.get().takes_effect_on == days(0)


def test_a_notice_is_taken_back_until_its_day_and_both_are_kept(client, time_machine_to):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two, three)
    sign_in(client, three[1])
    deed(client, partnership, "leave", three[0], on=days(14).isoformat())
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "Take the notice back" in html and 'value="leave"' not in html
    for _time in range(2):
        assert deed(client, partnership, "stay", three[0]).status_code == 302
    assert Stay.objects.get().departure == Departure.objects.get()
    with pytest.raises(AlreadyKept):
        Stay.objects.all().delete()
    assert Notice.objects.filter(user=one[1], title__contains="takes its notice back").count() == 1
    assert ModelLogEntry.objects.filter(action="partnerships.stay").count() == 1
    assert "Leaves on" not in client.get(partnership.get_absolute_url()).content.decode()
    record = client.get(reverse("partnership-json", args=[partnership.slug])).json()
    assert record["versions"][0]["departures"][0]["taken_back_at"]
    with time_machine_to(days(20)):
        settle_departures(timezone.localdate())
        assert three[0].pk in current_parties(again(partnership))
        leave(partnership, user=three[1], organisation=three[0], on=days(30))
        assert Departure.standing().get().turn == 2


def test_on_its_day_a_notice_stands(time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    with pytest.raises(PartnershipError, match="no notice"):
        stay(partnership, user=three[1], organisation=three[0])
    leave(partnership, user=three[1], organisation=three[0], on=days(14))
    with time_machine_to(days(14)), pytest.raises(PartnershipError, match="no notice"):
        stay(partnership, user=three[1], organisation=three[0])
    assert not Stay.objects.exists()


def test_on_its_day_nothing_is_offered_any_more_that_would_be_refused(client, time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(14))
    with time_machine_to(days(14)):  # before the daily run
        sign_in(client, three[1])
        html = client.get(partnership.get_absolute_url()).content.decode()
        assert 'name="do"' not in html and reverse("partnership-amend", args=[partnership.slug]) not in html
        assert client.get(reverse("partnership-amend", args=[partnership.slug])).status_code == 403


def test_who_has_left_reads_what_they_agreed_to_and_nothing_later(client, time_machine_to):
    one, two, three, stranger = party("Riverbank"), party("Teeslight"), party("Harbour"), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(1))
    with time_machine_to(days(1)):
        settle_departures(timezone.localdate())
        without = replace(terms_of(partnership.stands), title="Later", parties=terms(one[0], two[0]).parties)
        amend(partnership, without, seen=1, user=one[1], organisation=one[0])
        agree(partnership, number=2, user=two[1], organisation=two[0])
        sign_in(client, three[1])
        for name in ("partnership", "partnership-history", "partnership-json"):
            answer = client.get(reverse(name, args=[partnership.slug]))
            html = answer.content.decode()
            assert answer.status_code == 200 and "Mentors meet forty" in html and "Later" not in html
        assert client.get(reverse("partnership-actions", args=[partnership.slug])).status_code == 404
        assert client.get(reverse("partnership-amend", args=[partnership.slug])).status_code == 404
        assert not can_read_thread(three[1], again(partnership).thread)
        assert deed(client, partnership, "close", three[0], outcome="No.").status_code == 403
        assert deed(client, partnership, "consent", three[0]).status_code == 302
        assert again(partnership).consents.filter(organisation=three[0], withdrawn_at=None).exists()
        sign_in(client, stranger[1])
        assert client.get(partnership.get_absolute_url()).status_code == 404
