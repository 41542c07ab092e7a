"""Telling people of new strong pairs: whom, once, and of how many."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from initiatives.domain.running import end_initiative, reopen_initiative
from initiatives.models import Initiative
from notifications.kinds import Frequency, kind_named
from notifications.models import Notice, Preference
from organisations.models import Role
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.telling import OVERLAP, tell_new_pairs
from partnerships.overlaps.models import Pair, Standing, Told
from partnerships.overlaps.queries.showing import STRONG, shown
from tests.factories.accounts import CoordinatorFactory, UserFactory
from tests.factories.initiatives import CARDIFF, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import PairFactory, two_initiatives
from tests.factories.places import place
from tests.factories.together import at_once

pytestmark = pytest.mark.django_db


def member_of(organisation: Any, role: str = Role.OWNER, **person: Any) -> Any:
    return MembershipFactory(organisation=organisation, role=role, user=UserFactory(**person)).user


def told() -> set[int]:
    return set(Notice.objects.filter(kind=OVERLAP).values_list("user", flat=True))


def test_owners_and_editors_of_both_are_told_once_and_members_are_not():
    pair = PairFactory()
    writers = {
        member_of(side.lead_organisation, role).pk for side in (pair.low, pair.high) for role in (Role.OWNER, "editor")
    }
    member_of(pair.low.lead_organisation, Role.MEMBER)
    assert tell_new_pairs() == 1
    assert told() == writers
    assert tell_new_pairs() == 0
    assert Notice.objects.count() == len(writers)


def test_a_pair_that_goes_and_comes_again_is_no_news():
    low, high = two_initiatives(focus=("care",))
    member_of(low.lead_organisation)
    find_due()
    assert tell_new_pairs() == 1
    person = member_of(high.lead_organisation)
    end_initiative(high, user=person)
    find_due()
    assert not Pair.objects.exists()
    reopen_initiative(Initiative.objects.get(pk=high.pk), user=person)
    find_due()
    assert Pair.objects.get().told_at is not None
    assert tell_new_pairs() == 0
    other = InitiativeFactory(focus=("care",))
    find_due()
    assert tell_new_pairs() == 2  # with each of the two
    assert set(Told.objects.filter(high=other.pk).values_list("low", flat=True)) == {low.pk, high.pk}


def test_the_line_says_what_and_why_and_leads_to_the_list():
    pair = PairFactory()
    member_of(pair.low.lead_organisation)
    tell_new_pairs()
    notice = Notice.objects.get()
    assert notice.title == "1 initiative is new and close to your work"
    assert notice.detail == shown([pair])[0].reasons.first
    assert notice.path == reverse("close-to-organisation", args=[pair.low.lead_organisation.slug])


def test_several_are_one_line_and_it_grows_until_it_is_read():
    one = InitiativeFactory()
    member_of(one.lead_organisation)
    for _ in range(2):
        PairFactory(low=one, high=InitiativeFactory())
    assert tell_new_pairs() == 2
    assert Notice.objects.get().title == "2 initiatives are new and close to your work"
    PairFactory(low=one, high=InitiativeFactory())
    tell_new_pairs()
    assert Notice.objects.get().title == "3 initiatives are new and close to your work"
    Notice.objects.update(read_at=Notice.objects.get().created_at)
    PairFactory(low=one, high=InitiativeFactory())
    tell_new_pairs()
    assert Notice.objects.latest("pk").title == "1 initiative is new and close to your work"
    assert Notice.objects.count() == 2


def test_who_belongs_to_both_sides_is_told_of_each_organisations_own_list():
    pair = PairFactory()
    person = member_of(pair.low.lead_organisation)
    MembershipFactory(organisation=pair.high.lead_organisation, user=person, role=Role.EDITOR)
    tell_new_pairs()
    assert Notice.objects.filter(user=person).values("path").distinct().count() == Notice.objects.count() == 2


def test_coordinators_are_told_of_pairs_in_their_place_by_its_board():
    PairFactory()
    here, there = CoordinatorFactory(place=place()), CoordinatorFactory(place=place("cardiff"))
    region = CoordinatorFactory(place=place("north-east"))
    tell_new_pairs()
    assert told() == {here.pk, region.pk}
    assert there.pk not in told()
    notice = Notice.objects.get(user=here)
    assert notice.title == "1 new pair that could work together in Middlesbrough"
    assert notice.path == f"{reverse('overlap-board')}?place=middlesbrough"


def test_a_pair_of_which_one_alone_reaches_a_place_is_nothing_to_its_coordinator():
    PairFactory(low=InitiativeFactory(), high=InitiativeFactory(places=[CARDIFF]))
    CoordinatorFactory(places=[place(), place("cardiff")])
    tell_new_pairs()
    assert told() == set()


@pytest.mark.parametrize(
    "traits",
    [
        {"strength": STRONG - 0.01},
        {"standing": Standing.SET_ASIDE},
        {"standing": Standing.TOGETHER},
        {"standing": Standing.DUPLICATE},
    ],
)
def test_what_is_weak_or_settled_is_not_told(traits: dict[str, Any]):
    pair = PairFactory(**traits)
    member_of(pair.low.lead_organisation)
    CoordinatorFactory(place=place())
    assert tell_new_pairs() == 0
    assert told() == set()
    pair.refresh_from_db()
    assert pair.told_at is None  # should it grow strong, they will be


def test_whose_account_is_closed_and_who_wants_nothing_is_not_told():
    pair = PairFactory()
    member_of(pair.low.lead_organisation, is_active=False)
    unwilling = member_of(pair.low.lead_organisation)
    Preference.objects.create(user=unwilling, kind=OVERLAP, email=Frequency.NEVER, inbox=False)
    assert tell_new_pairs() == 1
    assert told() == set()


def test_unless_they_wish_otherwise_an_email_comes_once_a_week():
    assert kind_named(OVERLAP).email == Frequency.WEEKLY
    pair = PairFactory()
    member_of(pair.low.lead_organisation)
    tell_new_pairs()
    notice = Notice.objects.get()
    assert notice.in_inbox
    assert notice.email_due_at is not None
    assert notice.email_due_at > notice.created_at


def test_a_pair_of_which_one_is_hidden_meanwhile_is_told_to_nobody():
    pair = PairFactory(low=InitiativeFactory(), high=InitiativeFactory(live=False))
    member_of(pair.low.lead_organisation)
    tell_new_pairs()
    assert told() == set()


@pytest.mark.django_db(transaction=True)
def test_told_twice_at_once_it_is_one_line():
    pair = PairFactory()
    member_of(pair.low.lead_organisation)
    done = at_once(tell_new_pairs, tell_new_pairs)
    assert sorted(done) == [0, 1]
    assert Notice.objects.get().number == 1
    assert Pair.objects.get().told_at is not None
