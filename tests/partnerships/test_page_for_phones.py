"""The page of a partnership: what you can do comes first, closing is asked once more, and slips of the pen are said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from partnerships.domain.errors import PartnershipError
from partnerships.forms.terms import going_on
from partnerships.models import Closing
from tests.factories.accounts import sign_in
from tests.factories.partnerships import days, in_force, party, proposed, terms

pytestmark = pytest.mark.django_db


def test_what_one_can_do_stands_above_the_long_parts_and_these_are_folded(client):
    one, two = party(), party()
    partnership = in_force(one, two)
    sign_in(client, one[1])
    page = client.get(partnership.get_absolute_url()).content.decode()
    assert page.index('id="does-heading"') < page.index("What it is for") < page.index('id="parties-heading"')
    for heading in ("facts", "parties", "actions"):
        before = page[: page.index(f'id="{heading}-heading"')]
        assert before.rstrip().endswith('<details class="fold"><summary><h2'), heading
    assert "Your organisation alone leaves" in page and "It ends for every party" in page


def test_closing_is_asked_once_more_with_all_that_was_typed(client):
    one, two = party("Riverbank"), party("Teeslight")
    partnership = in_force(one, two)
    sign_in(client, one[1])
    given = {"do": "close", "organisation": one[0].pk, "outcome": "Thirty-one of forty came."}
    address = reverse("partnership-do", args=[partnership.slug])
    page = client.post(address, given)
    assert page.status_code == 200 and not Closing.objects.exists()
    html = " ".join(page.content.decode().split())
    assert "for all of its parties: Riverbank, Teeslight." in html and "Thirty-one of forty came." in html
    assert 'name="sure" value="True"' in html
    assert client.post(address, {**given, "sure": "True"}).status_code == 302
    assert Closing.objects.get().outcome == "Thirty-one of forty came."


def test_a_first_day_years_past_and_a_last_day_that_is_over_are_said(client):
    one, two = party(), party()
    with pytest.raises(PartnershipError, match="more than a year back"):
        proposed(one, two, starts_on=days(-700), review_on=None)
    with pytest.raises(PartnershipError, match="past already"):
        proposed(one, two, starts_on=days(-30), ends_on=days(-1), review_on=None)
    partnership = in_force(one, two, starts_on=days(-300), ends_on=days(5), review_on=None)
    sign_in(client, one[1])
    posted = client.get(reverse("partnership-amend", args=[partnership.slug])).context["form"].initial
    data = {name: value or "" for name, value in posted.items()} | {
        "starts_on": days(-3000).isoformat(),
        "ends_on": days(-2000).isoformat(),
        "review_on": "",
        "then": "send",
        "parties-TOTAL_FORMS": 0,
        "parties-INITIAL_FORMS": 0,
    }
    page = client.post(reverse("partnership-amend", args=[partnership.slug]), data)
    assert page.status_code == 422
    assert "more than a year back" in page.context["form"].errors["starts_on"][0]
    assert "past already" in page.context["form"].errors["ends_on"][0]


def test_a_renewal_of_what_ended_long_ago_begins_with_today():
    one, two = party(), party()
    begun = going_on(terms(one[0], two[0], starts_on=days(-900), ends_on=days(-800), review_on=None))
    assert (begun.starts_on, begun.ends_on) == (days(0), days(100))
    soon = going_on(terms(one[0], two[0], starts_on=days(-100), ends_on=days(-1), review_on=None))
    assert (soon.starts_on, soon.ends_on) == (days(0), days(99))
