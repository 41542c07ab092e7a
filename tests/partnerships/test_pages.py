"""The pages: who sees what, forms that keep what was typed, and as many queries at thirty as at one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from discussions.domain.spreading import tell_new_posts
from notifications.models import Notice
from organisations.models import Organisation, Role
from partnerships.models import Action, Closing, Partnership, State
from places.models import Place
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.partnerships import again, days, in_force, owner_of, party, proposed

pytestmark = pytest.mark.django_db


def written(*rows: tuple[Organisation, str], **other: Any) -> dict[str, Any]:
    """What the page of a new partnership posts."""
    data: dict[str, Any] = {
        "title": "One door for Year 7",
        "purpose": "Mentors meet forty Year 7s every Tuesday.",
        "where": "Middlesbrough",
        "starts_on": days(1).isoformat(),
        "ends_on": days(300).isoformat(),
        "organisation": rows[0][0].pk,
        "client_id": "a-form",
        "parties-TOTAL_FORMS": len(rows),
        "parties-INITIAL_FORMS": 0,
        "then": "send",
    }
    for number, (organisation, role) in enumerate(rows):
        data |= {f"parties-{number}-organisation": organisation.pk, f"parties-{number}-role": role}
    return data | other


def test_proposing_by_the_form(client):
    one, two = party("Riverbank"), party("Teeslight")
    sign_in(client, one[1])
    answer = client.post(reverse("partnership-new"), written((one[0], "leads"), (two[0], "hosts")))
    partnership = Partnership.objects.get()
    assert answer.status_code == 302 and answer["Location"] == partnership.get_absolute_url()
    assert {(p.organisation, p.role) for p in partnership.stands.parties.all()} == {
        (one[0], "leads"),
        (two[0], "hosts"),
    }
    assert list(partnership.stands.places.values_list("pk", flat=True)) == [MIDDLESBROUGH]
    page = client.get(partnership.get_absolute_url()).content.decode()
    assert "Still to answer: Teeslight" in " ".join(page.split())


def test_finding_a_party_keeps_all_that_was_typed_and_saves_nothing(client):
    one, two = party("Riverbank"), party("Teeslight Mentoring")
    sign_in(client, one[1])
    data = written((one[0], "leads"), title="Half a title", find_party="teeslight", then="find", purpose="")
    page = client.post(reverse("partnership-new"), data)
    html = page.content.decode()
    assert page.status_code == 200
    assert f'name="add_party" value="{two[0].pk}"' in html
    assert 'value="Half a title"' in html
    assert "There is a problem" not in html
    ticked = client.post(reverse("partnership-new"), {**data, "add_party": two[0].pk}).content.decode()
    assert f'name="parties-1-organisation" value="{two[0].pk}"' in ticked
    assert not Partnership.objects.exists()


def test_an_address_fills_the_form_with_organisations_place_and_initiatives(client):
    one, two = party("Riverbank"), party("Teeslight")
    initiative = InitiativeFactory(lead_organisation=two[0], title="Nines on track")
    sign_in(client, one[1])
    html = client.get(
        reverse("partnership-new"),
        {"organisation": [one[0].pk, two[0].pk], "place": HARTLEPOOL, "initiative": [initiative.pk, "x", "0"]},
    ).content.decode()
    for words in ("Riverbank", "Teeslight", "Nines on track", 'value="Hartlepool'):
        assert words in html


def test_a_number_somebody_made_up_tells_no_hidden_name(client):
    one = party("Riverbank")
    hidden = OrganisationFactory(is_public=False, name="Not to be seen")
    sign_in(client, one[1])
    html = client.get(reverse("partnership-new"), {"organisation": hidden.pk}).content.decode()
    posted = client.post(reverse("partnership-new"), written((one[0], "leads"), (hidden, "hosts"))).content.decode()
    assert "Not to be seen" not in html + posted


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"where": "Nowhereville-on-Sea"}, "no place called"),
        ({"starts_on": ""}, "There is a problem"),
        ({"ends_on": "1/1/2001"}, "last day is before the first"),
        ({"parties-1-organisation": ""}, "two parties or more"),
        ({"parties-1-role": "rules"}, "Row 2, Role"),
        ({"title": ""}, "There is a problem"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(client, change, sentence):
    one, two = party(), party()
    sign_in(client, one[1])
    data = written((one[0], "leads"), (two[0], "hosts"), success="Forty still come.")
    answer = client.post(reverse("partnership-new"), {**data, **change})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert "Forty still come." in html


def test_who_speaks_for_nobody_is_told_so(client):
    sign_in(client, UserFactory())
    assert "you are neither" in client.get(reverse("partnership-new")).content.decode()


@pytest.fixture
def pair():
    return party("Riverbank"), party("Teeslight")


def deed(client, partnership, name, organisation, **given):
    address = reverse("partnership-do", args=[partnership.slug])
    return client.post(address, {"do": name, "organisation": organisation.pk, **given})


def test_the_other_side_agrees_by_its_button(client, pair):
    one, two = pair
    partnership = proposed(one, two)
    sign_in(client, two[1])
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert 'value="agree"' in html
    assert deed(client, partnership, "agree", two[0], number=1).status_code == 302
    assert again(partnership).state == State.IN_FORCE


def test_whoever_opens_the_page_has_read_what_the_inbox_says_of_it(client, pair):
    one, two = pair
    partnership = proposed(one, two)
    told = Notice.objects.get(user=two[1])  # once, though its discussion is new to them as well
    assert told.title == "Riverbank proposes a partnership: One door for Year 7"
    tell_new_posts()
    assert Notice.objects.filter(user=two[1]).count() == 1
    sign_in(client, two[1])
    client.get(partnership.get_absolute_url())
    told.refresh_from_db()
    assert told.read_at is not None


def test_an_old_page_says_that_there_is_a_newer_version(client, pair):
    from dataclasses import replace

    from partnerships.domain.amending import amend
    from partnerships.domain.terms import terms_of

    one, two = pair
    partnership = proposed(one, two)
    amend(
        partnership,
        replace(terms_of(partnership.versions.get()), purpose="Other words."),
        seen=1,
        user=one[1],
        organisation=one[0],
    )
    sign_in(client, two[1])
    answer = deed(client, partnership, "agree", two[0], number=1)
    assert answer.status_code == 422
    assert "Version 2 was sent meanwhile" in answer.content.decode()
    asked = deed(client, partnership, "ask", two[0], number=1, text="Start in October.")
    assert "Start in October." in asked.content.decode()


def test_amending_by_the_form_shows_the_difference_word_by_word(client, pair):
    one, two = pair
    partnership = in_force(one, two)
    sign_in(client, one[1])
    address = reverse("partnership-amend", args=[partnership.slug])
    assert "Mentors meet forty" in client.get(address).content.decode()
    data = written((one[0], "leads"), (two[0], "hosts"), purpose="Mentors meet fifty Year 7s every Tuesday.", seen=1)
    assert client.post(address, data).status_code == 302
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "fifty</ins>" in html and "forty</del>" in html
    history = client.get(reverse("partnership-history", args=[partnership.slug])).content.decode()
    assert "fifty</ins>" in history and "not all have agreed yet" in history
    clash = client.post(address, {**data, "purpose": "Sixty of them."})
    assert clash.status_code == 422
    assert "Sixty of them." in clash.content.decode()
    assert 'name="seen" value="2"' in clash.content.decode()


def test_everybody_else_finds_nothing_there(client, pair):
    partnership = in_force(*pair)
    names = ("partnership", "partnership-history", "partnership-json", "partnership-actions", "partnership-amend")
    for user in (
        UserFactory(),
        party()[1],
        ModeratorFactory(),
        CoordinatorFactory(place=Place.objects.get(pk=HARTLEPOOL)),
    ):
        sign_in(client, user)
        for name in names:
            assert client.get(reverse(name, args=[partnership.slug])).status_code == 404
    client.logout()
    assert client.get(partnership.get_absolute_url()).status_code == 404


def test_members_read_and_do_not_act(client, pair):
    partnership = proposed(*pair)
    sign_in(client, owner_of(pair[1][0], role=Role.MEMBER))
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert 'name="do"' not in html
    assert "We propose a partnership" not in html  # the thread's title is listed, its words are in the thread
    assert "Discussions" in html
    assert deed(client, partnership, "agree", pair[1][0], number=1).status_code == 403


def test_a_coordinator_of_the_place_reads_the_record_and_never_the_discussion(client, pair):
    partnership = proposed(*pair)
    coordinator = CoordinatorFactory(place=Place.objects.get(pk=MIDDLESBROUGH))
    sign_in(client, coordinator)
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "Mentors meet forty" in html
    assert 'id="talk-heading"' not in html
    assert client.get(partnership.thread.get_absolute_url()).status_code == 404
    listed = client.get(reverse("partnerships"), {"which": "places"}).content.decode()
    assert partnership.get_absolute_url() in listed


def test_everyone_reads_the_summary_once_all_want_that_and_nothing_else(client, pair):
    one, two = pair
    partnership = in_force(one, two)
    sign_in(client, one[1])
    deed(client, partnership, "act", one[0], text="Paint the room", owner=two[0].pk)
    deed(client, partnership, "consent", one[0])
    client.logout()
    assert client.get(partnership.get_absolute_url()).status_code == 404
    sign_in(client, two[1])
    deed(client, partnership, "consent", two[0])
    client.logout()
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "Mentors meet forty" in html and "Riverbank" in html
    for hidden in ("Paint the room", "A room on Tuesdays", "Thirty of forty", one[1].name, "History"):
        assert hidden not in html
    assert client.get(reverse("partnership-history", args=[partnership.slug])).status_code == 404
    assert partnership.get_absolute_url() in client.get(reverse("partnerships")).content.decode()
    sign_in(client, two[1])
    deed(client, partnership, "withdraw", two[0])
    client.logout()
    assert client.get(partnership.get_absolute_url()).status_code == 404


def test_actions_are_added_done_and_opened_again(client, pair):
    one, two = pair
    partnership = in_force(one, two)
    sign_in(client, one[1])
    for _time in range(2):  # twice is once
        deed(client, partnership, "act", one[0], text="Paint the room", owner=two[0].pk, due_on=days(2).isoformat())
    action = Action.objects.get()
    Action.objects.update(due_on=days(-2))
    assert "Overdue" in client.get(partnership.get_absolute_url()).content.decode()
    deed(client, partnership, "finish", one[0], action=action.pk)
    assert Action.objects.get().is_done
    deed(client, partnership, "reopen", one[0], action=action.pk)
    assert not Action.objects.get().is_done
    refused = deed(client, partnership, "act", one[0], text="", owner=two[0].pk, due_on="one day")
    assert refused.status_code == 422
    assert "one day" in refused.content.decode()


def test_closing_says_what_came_of_it(client, pair):
    one, two = pair
    partnership = in_force(one, two)
    sign_in(client, one[1])
    assert deed(client, partnership, "close", one[0], outcome=" ").status_code == 422
    deed(client, partnership, "close", one[0], outcome="Thirty-one of forty came until June.", sure="True")
    assert Closing.objects.get().organisation == one[0]
    html = client.get(partnership.get_absolute_url()).content.decode()
    assert "Thirty-one of forty came until June." in html
    assert 'value="agree"' not in html and 'value="act"' not in html


def test_files_hold_the_record_and_no_formula(client, pair):
    one, two = pair
    partnership = in_force(one, two, title="=cmd|' /C calc'!A0")
    sign_in(client, one[1])
    deed(client, partnership, "act", one[0], text="+1 room", owner=two[0].pk)
    rows = b"".join(client.get(reverse("partnership-actions", args=[partnership.slug]))).decode()
    assert "'+1 room" in rows
    table = b"".join(client.get(reverse("partnerships-csv"))).decode()
    assert "'=cmd" in table
    told = json.loads(client.get(reverse("partnership-json", args=[partnership.slug])).content)
    assert told["state"] == "in-force"
    assert len(told["versions"][0]["agreements"]) == 2
    assert one[1].name not in json.dumps(told)


def test_the_page_asks_as_much_of_the_database_with_thirty_of_each(client):
    from dataclasses import replace

    from partnerships.domain.acting import add_action
    from partnerships.domain.amending import amend
    from partnerships.domain.terms import terms_of

    def asked(number: int) -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        parties = [party() for _one in range(number + 1)]
        partnership = in_force(*parties)
        said = terms_of(partnership.stands)
        for one in range(number):
            better = replace(said, purpose=f"Words {one}")
            amend(partnership, better, seen=one + 1, user=parties[0][1], organisation=parties[0][0])
            add_action(
                partnership, user=parties[0][1], organisation=parties[0][0], text=f"Do {one}", owner=parties[0][0]
            )
        sign_in(client, User.objects.get(pk=parties[0][1].pk))
        client.get(partnership.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(partnership.get_absolute_url()).status_code == 200
            client.get(reverse("partnership-history", args=[partnership.slug]))
        return len(queries)

    assert asked(30) <= asked(1)


def test_the_list_asks_as_much_of_the_database_with_thirty(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = party()
    sign_in(client, one[1])
    counts = []
    for number in (1, 29):
        for _one in range(number):
            proposed((one[0], owner_of(one[0])), party())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("partnerships"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
