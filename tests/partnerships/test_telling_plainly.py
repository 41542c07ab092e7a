"""What a page says: what is replaced, what differs, when it begins, and whom to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from notifications.models import Notice
from organisations.models import Role
from pages.domain.seeding import seed_pages
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.domain.following import settle_departures
from partnerships.domain.leaving import leave
from partnerships.domain.terms import terms_of
from tests.factories.accounts import sign_in
from tests.factories.partnerships import again, days, in_force, owner_of, party, proposed, terms

pytestmark = pytest.mark.django_db


def seen(answer) -> str:
    return " ".join(answer.content.decode().split())


def deed(client, partnership, name, organisation, **given):
    address = reverse("partnership-do", args=[partnership.slug])
    return client.post(address, {"do": name, "organisation": organisation.pk, **given})


def test_a_summary_waits_for_who_has_left_too(time_machine_to):
    one, two, three = party(), party(), party()
    partnership = in_force(one, two, three)
    leave(partnership, user=three[1], organisation=three[0], on=days(1))
    with time_machine_to(days(1)):
        settle_departures(timezone.localdate())
        without = replace(terms_of(partnership.stands), parties=terms(one[0], two[0]).parties)
        amend(partnership, without, seen=1, user=one[1], organisation=one[0])
        assert agree(partnership, number=2, user=two[1], organisation=two[0])
        for organisation, user in (one, two):
            assert not change_consent(partnership, user=user, organisation=organisation, wanted=True)
        assert change_consent(partnership, user=three[1], organisation=three[0], wanted=True)
        assert not change_consent(partnership, user=three[1], organisation=three[0], wanted=False)


def test_amending_says_which_waiting_version_it_replaces_and_who_is_leaving(client):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two, three)
    better = replace(terms_of(partnership.stands), purpose="Other words.")
    amend(partnership, better, seen=1, user=one[1], organisation=one[0])
    agree(partnership, number=2, user=two[1], organisation=two[0])
    sign_in(client, two[1])
    address = reverse("partnership-amend", args=[partnership.slug])
    replaced = "Version 2 waits for an answer and will be replaced; it was agreed by Riverbank and Teeslight."
    assert replaced in seen(client.get(address))
    leave(partnership, user=three[1], organisation=three[0], on=days(30))
    assert again(partnership).stands.number == 2  # who leaves is not asked, so all have agreed
    html = seen(client.get(address))
    assert "Harbour has given notice for" in html and "will be replaced" not in html


@pytest.mark.parametrize("name", ["agree", "ask"])
def test_who_answers_an_old_version_is_led_to_what_differs(client, name):
    one, two = party(), party()
    partnership = proposed(one, two)
    better = replace(terms_of(partnership.stands), purpose="Other words.")
    amend(partnership, better, seen=1, user=one[1], organisation=one[0])
    sign_in(client, two[1])
    html = seen(deed(client, partnership, name, two[0], number=1, text="Start in October."))
    assert f'{reverse("partnership-history", args=[partnership.slug])}#v2"' in html
    assert 'name="number" value="1"' not in html  # sent again, it answers the newer one
    assert html.count("was sent meanwhile") == (1 if name == "agree" else 2)  # with a form, in the summary and by it


def test_what_is_agreed_and_has_not_begun_says_when_it_begins(client, time_machine_to):
    one, two = party(), party()
    partnership = in_force(one, two, starts_on=days(40))
    sign_in(client, one[1])
    begins = f"Agreed, begins {days(40):%-d %B %Y}"
    for address in (partnership.get_absolute_url(), reverse("partnerships")):
        html = seen(client.get(address))
        assert begins in html and ">In force<" not in html
    with time_machine_to(days(40)):
        sign_in(client, one[1])
        assert ">In force<" in seen(client.get(partnership.get_absolute_url()))


def test_whoever_agrees_last_reads_from_when_it_is_in_force(client):
    one, two = party(), party()
    partnership = proposed(one, two, starts_on=days(40))
    sign_in(client, two[1])
    deed(client, partnership, "agree", two[0], number=1)
    html = seen(client.get(partnership.get_absolute_url()))
    assert f"All have agreed. It begins on {days(40):%-d %B %Y}." in html and "It is in force." not in html


def test_a_renewal_is_proposed_for_the_day_after_the_last_one_and_for_as_long(client):
    one, two = party(), party()
    partnership = in_force(one, two, ends_on=days(300), review_on=days(200))
    sign_in(client, one[1])
    html = seen(client.get(reverse("partnership-amend", args=[partnership.slug]) + "?renew=1"))
    for number in (301, 601, 501):  # first day, last day, review
        assert f'value="{days(number).isoformat()}"' in html


def test_partnerships_are_in_everybodys_menu_and_at_the_foot_of_every_page(client):
    seed_pages()
    one = party()
    navigation = '<a href="/partnerships/" aria-current="true">Partnerships</a>'
    html = seen(client.get(reverse("partnerships")))
    assert navigation in html and '<a href="/partnerships/">Partnerships</a>' in html
    sign_in(client, one[1])
    assert navigation in seen(client.get(reverse("partnerships")))


def test_a_problem_with_a_question_is_said_with_one_mark(client):
    one = party()
    sign_in(client, one[1])
    html = seen(client.post(reverse("partnership-new"), {"then": "send"}))
    assert "What is it called? This needs an answer" in html and "?:" not in html


def test_a_member_reads_whom_to_ask(client):
    one, two = party("Riverbank"), party("Teeslight")
    partnership = proposed(one, two)
    sign_in(client, owner_of(two[0], role=Role.MEMBER))
    for address in (partnership.get_absolute_url(), reverse("partnership-new")):
        assert f"act for Teeslight. Ask {two[1]}." in seen(client.get(address))
    sign_in(client, two[1])
    assert "act for Teeslight. Ask" not in seen(client.get(partnership.get_absolute_url()))


def test_two_are_two_until_the_last_day_of_a_notice(client, time_machine_to):
    one, two = party(), party()
    partnership = in_force(one, two)
    leave(partnership, user=two[1], organisation=two[0], on=days(30))
    sign_in(client, one[1])
    assert "Only one party is left" not in seen(client.get(partnership.get_absolute_url()))
    with time_machine_to(days(31)):
        settle_departures(timezone.localdate())
        assert "Only one party is left" in seen(sign_in_again(client, one[1]).get(partnership.get_absolute_url()))


def sign_in_again(client, user):
    sign_in(client, user)
    return client


def test_a_list_and_its_file_say_the_same_of_what_begins_later_and_of_what_has_ended(client):
    one, two = party(), party()
    later, over = in_force(one, two, starts_on=days(40)), in_force(one, two)
    better = replace(terms_of(over.stands), purpose="Other words.")
    amend(over, better, seen=1, user=one[1], organisation=one[0])
    close(over, user=one[1], organisation=one[0], outcome="It did what it was for.")
    sign_in(client, one[1])
    page = seen(client.get("/partnerships/?which=own"))
    file = b"".join(client.get("/partnerships/list.csv?which=own").streaming_content).decode()
    begins = f"Agreed, begins {date_format(days(40), 'j F Y')}"
    assert begins in page and begins in file and "A change waits" not in page and ",yes," not in file
    assert again(later).begins_on == days(40)


def test_who_is_asked_to_join_hears_that_they_are_asked():
    one, two, third = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two)
    wider = replace(terms_of(partnership.stands), parties=terms(one[0], two[0], third[0]).parties)
    amend(partnership, wider, seen=1, user=one[1], organisation=one[0])
    told = {user.pk: Notice.objects.filter(user=user).latest("pk").title for _organisation, user in (two, third)}
    assert told[third[1].pk].startswith("Riverbank asks your organisation to join")
    assert told[two[1].pk].startswith("Riverbank sends version 2")


def test_a_first_address_of_the_calendar_replaces_none(client):
    sign_in(client, party()[1])
    for is_second in (False, True):
        page = seen(client.post("/partnerships/calendar/", {"do": "new"}, follow=True))
        assert "This is your calendar’s address." in page and ("The one before" in page) == is_second
