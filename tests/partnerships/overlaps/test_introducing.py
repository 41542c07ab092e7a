"""From a pair to the two organisations' talk, begun by their people or by a coordinator."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from discussions.domain.opening import Opening, open_thread
from discussions.models import Post, Thread, Visibility
from discussions.permissions import can_read
from initiatives.models import Initiative
from organisations.models import Role
from partnerships.overlaps.domain.introducing import begin_talk, draft_talk, talk_of
from partnerships.overlaps.models import Pair, pair_url
from partnerships.overlaps.queries.showing import Shown, shown
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory, sign_in
from tests.factories.discussions import member
from tests.factories.initiatives import CARDIFF
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.overlaps import PairFactory
from tests.factories.partnerships import in_force, owner_of
from tests.factories.places import place
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Pair:
    return PairFactory()


def member_of(initiative: Initiative) -> Any:
    return MembershipFactory(organisation=initiative.lead_organisation, role=Role.MEMBER).user


def press(client: Client, pair: Pair, user: Any) -> Any:
    sign_in(client, user)
    return client.post(reverse("pair-talk", args=[pair.low_id, pair.high_id]))


def said(client: Client, answer: Any) -> str:
    assert answer.status_code == 302
    return str(client.get(answer["Location"]).content.decode())


def seen(pair: Pair) -> Shown:
    return shown([pair])[0]


def test_a_member_begins_the_talk_and_both_organisations_can_read_it(client: Client, pair: Pair):
    person = member_of(pair.low)
    answer = press(client, pair, person)
    talk = talk_of(pair.low_id, pair.high_id)
    assert talk is not None
    assert (answer.status_code, answer["Location"]) == (302, talk.get_absolute_url())
    assert talk.visibility == Visibility.ORGANISATIONS
    assert set(talk.organisations.all()) == {pair.low.lead_organisation, pair.high.lead_organisation}
    for reader in (person, member_of(pair.low), member_of(pair.high)):
        assert can_read(reader, talk)
    for stranger in (UserFactory(), member(), ModeratorFactory(), CoordinatorFactory(place=place())):
        assert not can_read(stranger, talk)


def test_the_pair_and_its_reasons_stand_on_top(client: Client, pair: Pair):
    answer = press(client, pair, member_of(pair.high))
    html = said(client, answer)
    assert pair.low.title in html and pair.high.title in html
    assert seen(pair).reasons.first in Post.objects.get().text
    assert pair_url(pair.low_id, pair.high_id) in html


def test_before_it_begins_the_page_shows_what_will_be_posted_and_who_reads_it(client: Client, pair: Pair):
    council = OrganisationFactory(name="Tees Council", is_public=True)
    coordinator = CoordinatorFactory(place=place())
    MembershipFactory(organisation=council, user=coordinator)
    for person in (coordinator, member_of(pair.low)):
        sign_in(client, person)
        html = client.get(pair_url(pair.low_id, pair.high_id)).content.decode()
        panel = html.split("What will be posted in your name")
        assert pair.low.lead_organisation.name in panel[0] and pair.high.lead_organisation.name in panel[0]
        assert ("<li>Tees Council (your own" in panel[0]) is (person == coordinator)
    press(client, pair, member_of(pair.low))
    assert Post.objects.get().html in html
    sign_in(client, member())
    assert "will be posted" not in client.get(pair_url(pair.low_id, pair.high_id)).content.decode()


def test_a_discussion_of_both_about_something_else_is_shown_to_who_reads_it(client: Client, pair: Pair):
    both = (pair.low.lead_organisation, pair.high.lead_organisation)
    one, coordinator = member_of(pair.low), CoordinatorFactory(place=place())
    opening = Opening(title="The bus home", visibility=Visibility.ORGANISATIONS, organisations=both)
    open_thread(opening, user=one, text="Who pays for it?", client_id="bus")
    open_thread(
        Opening(title="Ours alone", visibility=Visibility.ORGANISATIONS, organisations=both[:1]),
        user=one,
        text="To us.",
        client_id="ours",
    )
    for user, is_shown in ((one, True), (coordinator, False)):
        sign_in(client, user)
        page = client.get(pair.get_absolute_url()).content.decode()
        assert ("The bus home" in page) == is_shown and "Ours alone" not in page
    begin_talk(seen(pair), user=one)
    sign_in(client, one)
    assert "The bus home" not in client.get(pair.get_absolute_url()).content.decode()  # the pair's own is there


def test_the_talk_leads_back_to_the_pair_and_to_a_proposal(client: Client, pair: Pair):
    person = MembershipFactory(organisation=pair.low.lead_organisation, role=Role.OWNER).user
    html = said(client, press(client, pair, person))
    links = set(re.findall(r'href="(/[^"]+)"', html))
    assert pair_url(pair.low_id, pair.high_id) in links
    (propose,) = [unescape(link) for link in links if link.startswith(reverse("partnership-new") + "?")]
    form = client.get(propose).content.decode()
    assert pair.low.title in form and pair.high.title in form


def test_pressed_twice_and_from_the_other_side_it_is_one_discussion(client: Client, pair: Pair):
    person, other = member_of(pair.low), member_of(pair.high)
    addresses = {press(client, pair, one)["Location"] for one in (person, person, other)}
    assert len(addresses) == 1
    assert (Thread.objects.count(), Post.objects.count()) == (1, 1)


def test_a_coordinator_with_an_organisation_takes_part_and_reads(client: Client, pair: Pair):
    council = OrganisationFactory(name="Tees Council", is_public=True)
    coordinator = CoordinatorFactory(place=place())
    MembershipFactory(organisation=council, user=coordinator)
    said(client, press(client, pair, coordinator))
    talk = Thread.objects.get()
    assert set(talk.organisations.all()) == {council, pair.low.lead_organisation, pair.high.lead_organisation}
    for reader in (coordinator, member_of(pair.low), member_of(pair.high)):
        assert can_read(reader, talk)


def test_a_coordinator_speaks_to_the_two_and_their_own_people_for_both(pair: Pair):
    coordinator = CoordinatorFactory(place=place())
    MembershipFactory(user=coordinator)
    both = (pair.low, pair.high)
    introduces, asks = (draft_talk(seen(pair), both, user).text for user in (coordinator, member_of(pair.low)))
    assert introduces.startswith("You may have something in common: ")
    assert "Shall the two of you talk? " in introduces and "we" not in re.findall(r"\w+", introduces.lower())
    assert asks.startswith("We may have something in common: ") and "Shall we talk? " in asks


def test_who_knows_that_the_two_are_in_one_partnership_does_not_write_as_if_they_were_strangers(pair: Pair):
    coordinator, elsewhere = CoordinatorFactory(place=place("cardiff")), CoordinatorFactory(place=place())
    both = (pair.low, pair.high)
    parties = [(one.lead_organisation, owner_of(one.lead_organisation)) for one in both]
    in_force(*parties, initiatives=(pair.low_id, pair.high_id), places=(CARDIFF,))
    for person, first in (
        (parties[1][1], "Let us talk about "),
        (coordinator, "This is for the two of you to talk about "),
        (elsewhere, "You may have something in common: "),  # the partnership is private, and not of their place
    ):
        text = draft_talk(seen(pair), both, person).text
        assert text.startswith(first)
        assert ("something in common" in text) is ("propose a partnership" in text) is (person is elsewhere)
        assert pair_url(pair.low_id, pair.high_id) in text


def test_a_coordinator_never_enters_a_talk_that_stands_without_them(client: Client, pair: Pair):
    press(client, pair, member_of(pair.low))
    coordinator = CoordinatorFactory(place=place())
    MembershipFactory(user=coordinator)
    html = said(client, press(client, pair, coordinator))
    assert "The two organisations are talking already." in html
    assert not can_read(coordinator, Thread.objects.get())


def test_a_coordinator_without_an_organisation_is_told_what_to_do(client: Client, pair: Pair):
    html = said(client, press(client, pair, CoordinatorFactory(place=place())))
    assert "Join an organisation first" in html
    assert not Thread.objects.exists()


def test_a_coordinator_of_another_place_introduces_nobody(client: Client, pair: Pair):
    coordinator = CoordinatorFactory(place=place("cardiff"))
    MembershipFactory(user=coordinator)
    assert press(client, pair, coordinator).status_code == 403
    assert not Thread.objects.exists()


def test_visitors_are_led_to_the_door_and_strangers_are_refused(client: Client, pair: Pair):
    address = reverse("pair-talk", args=[pair.low_id, pair.high_id])
    assert "/login/" in client.post(address)["Location"]
    for stranger in (UserFactory(), member(), ModeratorFactory()):
        assert press(client, pair, stranger).status_code == 403
    assert not Thread.objects.exists()


def test_nothing_begins_by_looking(client: Client, pair: Pair):
    sign_in(client, member_of(pair.low))
    answer = client.get(reverse("pair-talk", args=[pair.low_id, pair.high_id]))  # as after signing in
    assert answer.headers["Location"] == pair_url(pair.low_id, pair.high_id)
    assert client.get(pair_url(pair.low_id, pair.high_id)).status_code == 200
    assert not Thread.objects.exists()


def test_two_that_were_not_found_close_can_be_talked_about_too(client: Client, pair: Pair):
    Pair.objects.all().delete()
    said(client, press(client, pair, member_of(pair.low)))
    assert talk_of(pair.low_id, pair.high_id) is not None


def test_a_pair_of_which_one_is_no_longer_public_has_no_talk_to_begin(client: Client, pair: Pair):
    person = member_of(pair.low)
    Initiative.objects.filter(pk=pair.high_id).update(live=False)
    assert press(client, pair, person).status_code == 404


def test_the_page_leads_those_who_may_read_it_to_the_talk_and_tells_others_nothing(client: Client, pair: Pair):
    person = member_of(pair.low)
    press(client, pair, person)
    address = Thread.objects.get().get_absolute_url()
    page = pair_url(pair.low_id, pair.high_id)
    assert address in client.get(page).content.decode()
    client.logout()
    assert address not in client.get(page).content.decode()
    sign_in(client, CoordinatorFactory(place=place()))
    assert address not in client.get(page).content.decode()


def test_after_a_talk_was_closed_another_can_begin(client: Client, pair: Pair):
    person = member_of(pair.low)
    press(client, pair, person)
    Thread.objects.update(closed_at=Thread.objects.get().opened_at)
    answer = press(client, pair, person)
    assert answer.status_code == 302
    talk = talk_of(pair.low_id, pair.high_id)
    assert talk is not None
    assert talk.get_absolute_url() == answer["Location"]
    assert Thread.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_both_sides_pressing_at_once_begin_one_talk():
    pair = PairFactory()
    people = (member_of(pair.low), member_of(pair.high))
    done = at_once(*[lambda person=person: begin_talk(seen(pair), user=person) for person in people])
    assert [type(one) for one in done] == [Thread, Thread]
    assert done[0] == done[1]
    assert Thread.objects.count() == 1
