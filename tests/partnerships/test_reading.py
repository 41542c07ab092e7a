"""Differences between versions, and what other pages show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.models import Role
from partnerships.domain.agreeing import agree
from partnerships.domain.amending import amend
from partnerships.domain.consenting import change_consent
from partnerships.domain.following import settle_departures
from partnerships.domain.leaving import leave
from partnerships.domain.terms import PartyTerms, terms_of
from partnerships.queries.versions import history_of
from tests.factories.accounts import sign_in
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.partnerships import again, days, in_force, party, proposed, terms

pytestmark = pytest.mark.django_db


def changed(partnership) -> dict[str, str]:
    """Label → what the newest version puts in."""
    newest = history_of(partnership)[0]
    return {one.label: "".join(p.text for p in one.pieces if p.kind == "in").strip() for one in newest.differences}


def test_what_an_amendment_changes_is_told_part_by_part_and_word_by_word():
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two)
    said = terms_of(partnership.stands)
    amend(
        partnership,
        replace(
            said,
            purpose="Mentors meet fifty Year 7s every Tuesday.",
            places=(HARTLEPOOL, MIDDLESBROUGH),
            parties=(said.parties[0], PartyTerms(three[0].pk, "funds", "£400")),
        ),
        seen=1,
        user=one[1],
        organisation=one[0],
    )
    assert changed(partnership) == {
        "What it is for": "fifty",
        "Where": "Hartlepool, Middlesbrough",
        "Teeslight": "",
        "Harbour": "Funds: £400",
    }


def test_two_organisations_that_share_a_name_are_told_apart():
    one, two, three = party("Hope"), party("Hope"), party("Hope")
    partnership = in_force(one, two, three)
    assert sum(difference.label == "Hope" for difference in history_of(partnership)[0].differences) == 3


def test_the_first_version_is_shown_whole():
    partnership = proposed(party(), party())
    step = history_of(partnership)[0]
    assert step.waits
    assert {piece.kind for one in step.differences for piece in one.pieces} == {"same"}


def test_pages_of_its_initiatives_and_parties_show_it_while_it_is_public_and_in_force(client):
    one, two = party(), party()
    initiative = InitiativeFactory(lead_organisation=one[0])
    partnership = in_force(one, two, initiatives=(initiative.pk,))
    sign_in(client, one[1])  # a visitor's page may be a minute old
    pages = (initiative.get_absolute_url(), two[0].get_absolute_url())
    for page in pages:
        assert partnership.get_absolute_url() not in client.get(page).content.decode()
    for organisation, user in (one, two):
        change_consent(partnership, user=user, organisation=organisation, wanted=True)
    for page in pages:
        assert partnership.get_absolute_url() in client.get(page).content.decode()


def test_a_change_that_waits_and_who_has_left_are_nothing_for_everyone(client, time_machine_to):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two, three)
    change_consent(partnership, user=three[1], organisation=three[0], wanted=True)
    leave(partnership, user=three[1], organisation=three[0], on=days(1))
    with time_machine_to(days(1)):
        settle_departures(timezone.localdate())
        _shown_to_everyone(client, partnership, one, two)


def _shown_to_everyone(client, partnership, one, two):
    better = replace(terms_of(partnership.stands), title="Wider", parties=terms(one[0], two[0]).parties)
    amend(partnership, better, seen=1, user=one[1], organisation=one[0])
    for organisation, user in (one, two):
        change_consent(partnership, user=user, organisation=organisation, wanted=True)
    html = client.get(reverse("partnerships")).content.decode()
    table = b"".join(client.get(reverse("partnerships-csv"))).decode()
    page = client.get(partnership.get_absolute_url()).content.decode()
    for text in (html, table, page):
        assert "One door for Year 7" in text and "Teeslight" in text
        assert "Harbour" not in text and "Wider" not in text
    assert "A change waits" not in html and ",yes," not in table
    sign_in(client, one[1])
    assert "A change waits" in client.get(reverse("partnerships")).content.decode()
    assert ",yes," in b"".join(client.get(reverse("partnerships-csv"))).decode()


def test_who_speaks_for_two_parties_answers_for_each(client):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = proposed(one, two, three)
    MembershipFactory(organisation=three[0], user=two[1], role=Role.EDITOR)
    sign_in(client, two[1])
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "Agree for Teeslight" in " ".join(html.split()) and "Agree for Harbour" in " ".join(html.split())
    address = reverse("partnership-do", args=[partnership.slug])
    client.post(address, {"do": "agree", "organisation": three[0].pk, "number": 1})
    assert list(again(partnership).stands.agreements.values_list("organisation", flat=True)) == [one[0].pk, three[0].pk]


def test_after_the_last_day_it_can_be_renewed_from_its_page(client, time_machine_to):
    one, two = party(), party()
    partnership = in_force(one, two, ends_on=days(10), review_on=None)
    with time_machine_to(days(12)):
        sign_in(client, one[1])
        html = client.get(partnership.get_absolute_url()).content.decode()
        assert "?renew=1" in html and "Its last day was" in html
        address = reverse("partnership-amend", args=[partnership.slug]) + "?renew=1"
        form = client.get(address).content.decode()
        assert "What came of it until now?" in form
        data = {
            "title": "One door for Year 7",
            "purpose": "Again.",
            "where": "Middlesbrough",
            "starts_on": days(13).isoformat(),
            "ends_on": days(300).isoformat(),
            "note": "Thirty came.",
            "organisation": one[0].pk,
            "client_id": "x",
            "seen": 1,
            "then": "send",
            "parties-TOTAL_FORMS": 2,
            "parties-INITIAL_FORMS": 0,
            "parties-0-organisation": one[0].pk,
            "parties-0-role": "leads",
            "parties-1-organisation": two[0].pk,
            "parties-1-role": "hosts",
        }
        assert client.post(address, data).status_code == 302
        assert agree(partnership, number=2, user=two[1], organisation=two[0])
        sign_in(client, one[1])
        assert "Thirty came." in client.get(partnership.get_absolute_url()).content.decode()
