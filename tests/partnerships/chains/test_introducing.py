"""From a broken chain to the talk of the two who could mend it, by one click, and never twice."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from discussions.domain.spreading import tell_new_posts
from discussions.models import Post, Thread
from discussions.permissions import can_read
from initiatives.domain.listing import relist
from initiatives.models import Initiative, Status
from notifications.models import Notice
from organisations.models import Role
from partnerships.chains.asking import ChainsQuery
from partnerships.chains.domain.introducing import introduce
from partnerships.chains.queries.broken import breaks
from partnerships.chains.queries.candidates import candidates
from partnerships.overlaps.models import Pair, Standing, pair_url
from places.queries import gazetteer
from tests.factories.accounts import CoordinatorFactory, UserFactory, sign_in
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.overlaps import PairFactory
from tests.factories.places import place
from tests.factories.together import at_once
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db

ADDRESS = "/places/middlesbrough/chains/introduce/"


def year_six(**given: Any) -> Initiative:
    told = {"title": "Bright Futures", "stages": ("primary",), "transitions": (), "age_min": 9, "age_max": 11}
    return InitiativeFactory(**{**told, **given})


def year_seven(**given: Any) -> Initiative:
    told = {"title": "Sure Steps", "stages": ("secondary",), "transitions": (), "age_min": 11, "age_max": 14}
    return InitiativeFactory(**{**told, "places": [HARTLEPOOL], **given})


def coordinator() -> Any:
    person = CoordinatorFactory(place=place())
    MembershipFactory(user=person, organisation=OrganisationFactory(name="Tees Council", is_public=True))
    return person


def press(client: Client, one: int, other: int, **given: Any) -> str:
    """Where it leads, with what that page says."""
    answer = client.post(ADDRESS, {"one": one, "other": other, **given})
    assert answer.status_code == 302, answer.status_code
    return f"{answer['Location']} {client.get(answer['Location']).content.decode()}"


def test_a_coordinator_introduces_two_by_one_click_and_both_are_told_once(client: Client):
    one, other = year_six(), year_seven()
    people = [MembershipFactory(organisation=each.lead_organisation, role=Role.OWNER).user for each in (one, other)]
    sign_in(client, coordinator())
    html = client.get("/places/middlesbrough/chains/").content.decode()
    assert "Introduce them" in html and f'name="other" value="{other.pk}"' in html
    answer = press(client, one.pk, other.pk)
    talk = Thread.objects.get()
    assert answer.startswith(talk.get_absolute_url())
    assert all(can_read(person, talk) for person in people)
    text = Post.objects.get().text
    assert "Bright Futures ends in Year 6; no one in Middlesbrough continues in Year 7." in text
    assert "Sure Steps could take up its people. It would need to reach Middlesbrough." in text
    assert pair_url(one.pk, other.pk) in text
    assert Pair.objects.count() == 0  # the finder alone keeps pairs
    for _again in range(2):
        assert press(client, one.pk, other.pk).startswith(talk.get_absolute_url())
        tell_new_posts()
    assert (Thread.objects.count(), Post.objects.count()) == (1, 1)
    assert [Notice.objects.filter(user=person).count() for person in people] == [1, 1]
    html = client.get("/places/middlesbrough/chains/").content.decode()
    assert talk.get_absolute_url() in html and "Introduce them" not in html


def test_people_of_either_side_may_others_may_not_and_visitors_are_asked_to_sign_in(client: Client):
    one, other = year_six(), year_seven()
    html = client.get("/places/middlesbrough/chains/").content.decode()
    assert "Sign in to introduce them" in html and "Introduce them<" not in html
    assert "/login/" in client.post(ADDRESS, {"one": one.pk, "other": other.pk})["Location"]
    for stranger in (UserFactory(), MembershipFactory().user, CoordinatorFactory(place=place("cardiff"))):
        sign_in(client, stranger)
        assert client.post(ADDRESS, {"one": one.pk, "other": other.pk}).status_code == 403
        assert "ntroduce them<" not in client.get("/places/middlesbrough/chains/").content.decode()
    assert not Thread.objects.exists()
    sign_in(client, MembershipFactory(organisation=other.lead_organisation, role=Role.MEMBER).user)
    assert "Introduce them<" in client.get("/places/middlesbrough/chains/").content.decode()
    assert press(client, one.pk, other.pk).startswith(Thread.objects.get().get_absolute_url())


def test_a_start_that_nobody_feeds_is_introduced_to_who_could(client: Client):
    before, start = year_six(places=[HARTLEPOOL]), year_seven(places=None)
    sign_in(client, coordinator())
    press(client, start.pk, before.pk, show="starts")
    text = Post.objects.get().text
    assert "Sure Steps starts in Year 7; no one in Middlesbrough leads up to it in Year 6." in text
    assert "Bright Futures could lead up to it. It would need to reach Middlesbrough." in text


def test_what_cannot_be_introduced_is_told_in_a_sentence(client: Client):
    one, other = year_six(), year_seven()
    gone, far = year_seven(title="Gone"), year_six(title="Elsewhere", places=[HARTLEPOOL])
    Initiative.objects.filter(pk=gone.pk).update(status=Status.ENDED)
    relist([gone.pk])
    sign_in(client, coordinator())
    for first, second in ((one.pk, gone.pk), (gone.pk, one.pk)):
        assert "One of the two is not on the lists, so there is nobody" in press(client, first, second)
    for first, second in ((one.pk, one.pk), (one.pk, 0), ("x", "9" * 40)):
        assert "An introduction takes two initiatives." in press(client, first, second)
    assert "does not reach Middlesbrough any more" in press(client, far.pk, one.pk)
    year_seven(places=None)
    assert "Meanwhile somebody in Middlesbrough takes up" in press(client, one.pk, other.pk, show="nonsense", page="3")
    assert not Thread.objects.exists()
    assert client.post("/places/nowhere/chains/introduce/").status_code == 404


def test_only_those_whom_the_list_offers_are_introduced(client: Client):
    one, other = year_six(), year_seven()
    start = InitiativeFactory(title="Here Already", stages=("starting-work",), transitions=(), age_min=25)
    work = InitiativeFactory(
        title="First Shift", stages=("starting-work",), transitions=(), age_min=25, places=["W06000015"]
    )
    aside = year_seven(title="Aside Steps")
    PairFactory(low=one, high=aside, standing=Standing.SET_ASIDE)
    sign_in(client, coordinator())
    for wrong in (work, aside):
        answer = press(client, one.pk, wrong.pk, show="ends-in-part")
        assert f"{wrong.title} is not among those who could go on with the people of Bright Futures" in unescape(answer)
    answer = press(client, start.pk, other.pk, show="starts")
    assert "Sure Steps is not among those who could lead up to Here Already in Middlesbrough." in answer
    assert not Thread.objects.exists()


def test_what_a_list_of_many_offers_each_of_them_can_be_introduced_to_by_itself(client: Client):
    """Its pool holds the regions around every row of the page; that of a click only those around one."""
    one = year_six()
    year_six(title="Down South", places=["E06000014"], age_min=9)
    year_seven(places=["E12000003"], title="All Yorkshire", reach=Reach.REGION)
    query = ChainsQuery(gazetteer()["E92000001"])
    found = breaks(query)
    near = candidates(found.lives, found.rows, query.place, is_forward=True)
    (row,) = [row for row in found.rows if found.lives.pks[row.at] == one.pk]
    assert near[row.at] == candidates(found.lives, [row], query.place, is_forward=True)[row.at] != []


def test_a_coordinator_without_an_organisation_is_told_what_to_do_and_led_back(client: Client):
    one, other = year_six(), year_seven()
    sign_in(client, CoordinatorFactory(place=place()))
    answer = press(client, one.pk, other.pk, at="primary-to-secondary", far="1")
    assert answer.startswith("/places/middlesbrough/chains/?at=primary-to-secondary&far=1 ")
    assert "Join an organisation first" in answer
    assert not Thread.objects.exists()
    back = client.get(reverse("chains-introduce", args=["middlesbrough"]))  # as after signing in
    assert back["Location"] == "/places/middlesbrough/chains/"


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_begin_one_talk():
    one, other = year_six(), year_seven()
    people = [MembershipFactory(organisation=each.lead_organisation).user for each in (one, other)]
    query = ChainsQuery(gazetteer()[MIDDLESBROUGH])
    done = at_once(*[lambda who=who: introduce(query, one.pk, other.pk, user=who) for who in people])
    assert [type(each) for each in done] == [Thread, Thread]
    assert (done[0], Post.objects.count()) == (done[1], 1)
