"""Writing a partnership by the form: nobody who was typed is left out unseen, and who may not propose is told why."""

from __future__ import annotations

import pytest
from django.urls import reverse

from partnerships.models import Partnership
from tests.factories.accounts import sign_in
from tests.factories.partnerships import in_force, party
from tests.partnerships.test_pages import written

pytestmark = pytest.mark.django_db

NOT_FOUND = "No other organisation here has that name. Ask them"


def seen(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_name_that_was_typed_and_not_chosen_stops_the_sending_and_nothing_typed_is_lost(client):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour Light")
    sign_in(client, one[1])
    address = reverse("partnership-new")
    data = written((one[0], "leads"), (two[0], "hosts"), find_party="harbour", success="Forty still come.")
    html = seen(client.post(address, data))  # what Enter in the box sends
    assert not Partnership.objects.exists()
    assert "Not sent yet" in html and f'name="add_party" value="{three[0].pk}"' in html
    for words in ('value="harbour"', "Forty still come.", 'value="One door for Year 7"', "Teeslight"):
        assert words in html
    assert "There is a problem" not in html
    nobody = seen(client.post(address, {**data, "find_party": "Nobody of that name"}))
    assert "Not sent yet" in nobody and "empty the box" in nobody
    chosen = {"add_party": three[0].pk, "searched": "harbour"}
    other = seen(client.post(address, {**data, **chosen, "find_party": "lightho"}))  # another name, typed since
    assert "Not sent yet" in other and f'name="parties-2-organisation" value="{three[0].pk}"' in other
    assert not Partnership.objects.exists()
    assert client.post(address, {**data, **chosen}).status_code == 302
    assert Partnership.objects.get().stands.parties.count() == 3


def test_an_amendment_is_not_sent_without_a_party_that_was_typed(client):
    one, two, three = party("Riverbank"), party("Teeslight"), party("Harbour Light")
    partnership = in_force(one, two)
    sign_in(client, one[1])
    data = written((one[0], "leads"), (two[0], "hosts"), seen=1, find_party="harbour", note="They offer money.")
    html = seen(client.post(reverse("partnership-amend", args=[partnership.slug]), data))
    assert "Not sent yet" in html and "They offer money." in html and f'value="{three[0].pk}"' in html
    assert partnership.versions.count() == 1


def test_once_a_party_was_found_and_added_its_name_is_out_of_the_box(client):
    one, two = party("Riverbank"), party("Teeslight")
    sign_in(client, one[1])
    address = reverse("partnership-new")
    data = written((one[0], "leads"), find_party="teeslight", then="find")
    ticked = {"add_party": two[0].pk, "searched": "teeslight"}
    html = seen(client.post(address, {**data, **ticked}))
    assert f'name="parties-1-organisation" value="{two[0].pk}"' in html
    assert NOT_FOUND not in html and 'value="teeslight"' not in html
    assert NOT_FOUND in seen(client.post(address, {**data, "find_party": "Nobody of that name"}))
    refused = client.post(address, {**data, **ticked, "then": "send", "title": ""})  # refused for something else
    assert refused.status_code == 422 and 'value="teeslight"' not in seen(refused)
