"""Shared actions: said otherwise or taken off the list by whose they are, and never for a day that is past."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from notifications.models import Notice
from organisations.models import Role
from partnerships.domain.acting import add_action, change_action, finish_action, remove_action
from partnerships.domain.errors import PartnershipError
from partnerships.models import Action
from tests.factories.accounts import sign_in
from tests.factories.partnerships import days, in_force, owner_of, party

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """Written by the first for the second; the third has neither."""
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour")
    partnership = in_force(one, two, three)
    action = add_action(
        partnership, user=one[1], organisation=one[0], text="Paint the room", owner=two[0], due_on=days(5)
    )
    return partnership, action, one, two, three


def page_of(partnership, action):
    return reverse("partnership-action", args=[partnership.slug, action.pk])


def test_whose_it_is_and_who_wrote_it_change_it_and_the_log_keeps_what_it_was(client, made):
    partnership, action, one, two, _three = made
    for organisation, user in (two, one):
        sign_in(client, user)
        assert page_of(partnership, action) in client.get(partnership.get_absolute_url()).content.decode()
        data = {"do": "change", "organisation": organisation.pk, "text": f"{organisation} paints it"}
        data |= {"owner": organisation.pk if user == one[1] else two[0].pk, "due_on": days(9).isoformat()}
        assert client.post(page_of(partnership, action), data).status_code == 302
    action.refresh_from_db()
    assert (action.text, action.owner, action.due_on) == ("Riverbank paints it", one[0], days(9))
    assert ModelLogEntry.objects.filter(action="partnerships.change").order_by("pk").first().data["was"] == {
        "text": "Paint the room",
        "by": "Teeslight",
        "due": days(5).isoformat(),
    }


def test_nobody_else_changes_it_and_no_page_offers_it(client, made):
    partnership, action, one, _two, three = made
    for user in (three[1], owner_of(one[0], role=Role.MEMBER)):
        sign_in(client, user)
        assert page_of(partnership, action) not in client.get(partnership.get_absolute_url()).content.decode()
        assert client.get(page_of(partnership, action)).status_code == 403
        assert client.post(page_of(partnership, action), {"do": "remove"}).status_code == 403
    with pytest.raises(PartnershipError, match="who wrote it"):
        remove_action(partnership, pk=action.pk, user=three[1], organisation=three[0])


def test_taken_off_the_list_it_stays_in_the_log_and_twice_is_once(client, made):
    partnership, action, one, two, _three = made
    sign_in(client, one[1])
    assert client.post(page_of(partnership, action), {"do": "remove"}).status_code == 302
    remove_action(partnership, pk=action.pk, user=one[1], organisation=one[0])
    assert not Action.objects.exists()
    assert ModelLogEntry.objects.get(action="partnerships.remove").data["was"]["text"] == "Paint the room"
    assert Notice.objects.filter(user=two[1], title="Taken off the list: Paint the room").count() == 1


def test_what_is_done_is_opened_again_before_it_is_changed(client, made):
    partnership, action, one, _two, _three = made
    finish_action(partnership, pk=action.pk, user=one[1], organisation=one[0], done=True)
    sign_in(client, one[1])
    data = {"do": "change", "organisation": one[0].pk, "text": "Paint it blue", "owner": one[0].pk, "due_on": ""}
    answer = client.post(page_of(partnership, action), data)
    html = answer.content.decode()
    assert answer.status_code == 422 and "Open it again to change it" in html and "Paint it blue" in html


def test_a_day_that_is_past_is_refused_with_a_sentence_but_may_stay(client, made):
    partnership, action, one, two, _three = made
    sign_in(client, one[1])
    data = {"do": "act", "organisation": one[0].pk, "text": "Buy chairs", "owner": one[0].pk}
    answer = client.post(reverse("partnership-do", args=[partnership.slug]), {**data, "due_on": days(-1).isoformat()})
    html = answer.content.decode()
    assert answer.status_code == 422 and "That day is past." in html and "Buy chairs" in html
    with pytest.raises(PartnershipError, match="is past"):
        add_action(partnership, user=one[1], organisation=one[0], text="X", owner=two[0], due_on=days(-1))
    Action.objects.update(due_on=days(-2))
    given = {"pk": action.pk, "user": one[1], "organisation": one[0], "owner": two[0]}
    assert change_action(partnership, **given, text="Paint it", due_on=days(-2)).text == "Paint it"
    with pytest.raises(PartnershipError, match="is past"):
        change_action(partnership, **given, text="Paint it", due_on=days(-1))


def test_at_first_it_is_ones_own_organisation_that_will_do_it(client, made):
    partnership, _action, _one, two, _three = made
    sign_in(client, two[1])
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert f'<option value="{two[0].pk}" selected>' in html
