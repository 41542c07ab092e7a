"""Who may say what two initiatives are to each other, what is kept of it, and when it counts no more."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import ModelLogEntry

from accounts.domain.granting import grant_coordination
from initiatives.domain.running import end_initiative
from initiatives.models import Initiative
from organisations.domain.membership import leave_organisation
from organisations.models import Role
from partnerships.overlaps.domain.errors import NotAllowed, NotListed
from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.judging import judge_pair, withdraw_judgement
from partnerships.overlaps.domain.lapsing import lapse_all
from partnerships.overlaps.models import Judgement, Pair, Standing, Verdict
from partnerships.overlaps.permissions import can_judge, judges_for
from places.models import Place
from tests.factories.accounts import CoordinatorFactory, ModeratorFactory, UserFactory
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, InitiativeFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.overlaps import PARTS, JudgementFactory, PairFactory, two_initiatives
from tests.factories.together import at_once
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db


def member_of(initiative: Initiative, role: str = Role.MEMBER) -> Any:
    return MembershipFactory(organisation=initiative.lead_organisation, role=role).user


def place(code: str) -> Place:
    return Place.objects.get(code=code)


def counting(low: Initiative, high: Initiative) -> list[str]:
    return list(Judgement.objects.filter(low=low, high=high, counts=True).values_list("verdict", flat=True))


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("side", [0, 1])
def test_anybody_of_either_side_judges_for_their_organisation(role: str, side: int):
    both = two_initiatives()
    person = member_of(both[side], role)
    assert can_judge(person, *both)
    assert judges_for(person, *both) == both[side].lead_organisation


def test_who_belongs_to_both_sides_judges_for_the_first():
    low, high = two_initiatives()
    person = member_of(low)
    MembershipFactory(organisation=high.lead_organisation, user=person)
    assert judges_for(person, low, high) == low.lead_organisation


def test_others_have_no_say():
    low, high = two_initiatives()
    elsewhere = member_of(InitiativeFactory())
    for person in (UserFactory(), elsewhere):
        assert not can_judge(person, low, high)
        with pytest.raises(NotAllowed):
            judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP)
    assert not Judgement.objects.exists()


def test_somebody_whose_account_is_closed_has_no_say():
    low, high = two_initiatives()
    person = member_of(low)
    person.is_active = False
    person.save()
    assert not can_judge(person, low, high)


@pytest.mark.parametrize(
    ("reach", "declared", "coordinated", "may"),
    [
        (Reach.AUTHORITIES, MIDDLESBROUGH, MIDDLESBROUGH, True),
        (Reach.AUTHORITIES, MIDDLESBROUGH, NORTH_EAST, True),
        (Reach.REGION, NORTH_EAST, MIDDLESBROUGH, True),
        (Reach.NATION, ENGLAND, MIDDLESBROUGH, True),
        (Reach.AUTHORITIES, MIDDLESBROUGH, HARTLEPOOL, False),
        (Reach.NATION, ENGLAND, CARDIFF, False),
    ],
)
def test_a_coordinator_judges_what_reaches_their_place(reach: str, declared: str, coordinated: str, may: bool):
    low = InitiativeFactory(reach=reach, places=[declared])
    high = InitiativeFactory(reach=reach, places=[declared])
    person = CoordinatorFactory(place=place(coordinated))
    assert can_judge(person, low, high) is may
    assert judges_for(person, low, high) is None


def test_one_side_in_their_place_is_enough_for_a_coordinator():
    low, high = InitiativeFactory(places=[CARDIFF]), InitiativeFactory(places=[MIDDLESBROUGH])
    assert can_judge(CoordinatorFactory(place=place(MIDDLESBROUGH)), low, high)


def test_moderators_judge_everything_and_for_nobody():
    low, high = two_initiatives()
    judgement = judge_pair(low.pk, high.pk, user=ModeratorFactory(), verdict=Verdict.TWIN)
    assert judgement.organisation is None


def test_every_judgement_is_kept_and_the_newest_of_a_person_counts():
    low, high = two_initiatives()
    person, other = member_of(low), member_of(high)
    judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP, note="Same children")
    judge_pair(low.pk, high.pk, user=other, verdict=Verdict.COMPLEMENT)
    judge_pair(low.pk, high.pk, user=person, verdict=Verdict.NEXT_STEP, forward=True)
    assert Judgement.objects.count() == 3
    assert sorted(counting(low, high)) == ["complement", "next-step"]
    assert ModelLogEntry.objects.filter(action="overlaps.judge").count() == 3


def test_said_twice_is_kept_once():
    low, high = two_initiatives()
    person = member_of(low)
    first = judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP, note="Same children")
    assert judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP, note="Same children") == first
    assert Judgement.objects.count() == 1


def test_which_of_the_two_is_named_first_is_all_the_same():
    low, high = two_initiatives()
    judgement = judge_pair(high.pk, low.pk, user=member_of(high), verdict=Verdict.OVERLAP)
    assert (judgement.low, judgement.high) == (low, high)
    assert withdraw_judgement(high.pk, low.pk, user=judgement.user)


def test_a_judgement_keeps_the_parts_as_they_were_whether_the_finder_kept_the_pair_or_not():
    low, high = two_initiatives()
    find_due()
    pair = Pair.objects.get(low=low, high=high)
    judgement = judge_pair(low.pk, high.pk, user=member_of(low), verdict=Verdict.OVERLAP)
    assert judgement.parts == pair.parts
    pair.delete()
    assert judge_pair(low.pk, high.pk, user=member_of(high), verdict=Verdict.OVERLAP).parts == judgement.parts


def test_the_pair_stands_where_it_was_put_and_opens_when_that_is_taken_back():
    pair = PairFactory()
    person = member_of(pair.low)
    judge_pair(pair.low_id, pair.high_id, user=person, verdict=Verdict.UNRELATED, parts=PARTS)
    pair.refresh_from_db()
    assert (pair.standing, pair.changed) == (Standing.SET_ASIDE, [])
    assert withdraw_judgement(pair.low_id, pair.high_id, user=person)
    pair.refresh_from_db()
    assert pair.standing == Standing.OPEN
    assert not withdraw_judgement(pair.low_id, pair.high_id, user=person)
    assert Judgement.objects.count() == 1


def test_a_pair_is_set_aside_at_once_even_where_the_finder_is_behind():
    pair = PairFactory()  # whose parts are others than these two have by now
    judge_pair(pair.low_id, pair.high_id, user=member_of(pair.low), verdict=Verdict.UNRELATED)
    pair.refresh_from_db()
    assert (pair.standing, pair.changed, pair.parts) == (Standing.SET_ASIDE, [], PARTS)


def test_what_is_over_is_judged_no_more_and_one_alone_never():
    low, high = two_initiatives()
    person = member_of(low, Role.OWNER)
    end_initiative(low, user=person)
    with pytest.raises(NotListed):
        judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP)
    with pytest.raises(Initiative.DoesNotExist):
        judge_pair(high.pk, high.pk, user=person, verdict=Verdict.OVERLAP)


def test_who_left_counts_no_more(django_capture_on_commit_callbacks: Any):
    pair = PairFactory()
    person = member_of(pair.low)
    judge_pair(pair.low_id, pair.high_id, user=person, verdict=Verdict.UNRELATED, parts=PARTS)
    with django_capture_on_commit_callbacks(execute=True):
        leave_organisation(pair.low.lead_organisation, user=person)
    assert counting(pair.low, pair.high) == []
    pair.refresh_from_db()
    assert pair.standing == Standing.OPEN
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("keeps", ["the other side", "a place", "moderating"])
def test_who_left_one_side_and_still_has_a_say_counts_on(keeps: str, django_capture_on_commit_callbacks: Any):
    low, high = two_initiatives()
    person = ModeratorFactory() if keeps == "moderating" else UserFactory()
    MembershipFactory(organisation=low.lead_organisation, user=person)
    if keeps == "the other side":
        MembershipFactory(organisation=high.lead_organisation, user=person)
    if keeps == "a place":
        grant_coordination(person, place(MIDDLESBROUGH), by=None)
    judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP)
    with django_capture_on_commit_callbacks(execute=True):
        leave_organisation(low.lead_organisation, user=person)
    assert counting(low, high) == ["overlap"]


def test_leaving_somewhere_else_changes_nothing(django_capture_on_commit_callbacks: Any):
    low, high = two_initiatives()
    person = member_of(low)
    elsewhere = MembershipFactory(user=person).organisation
    judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP)
    with django_capture_on_commit_callbacks(execute=True):
        leave_organisation(elsewhere, user=person)
    assert counting(low, high) == ["overlap"]


def test_each_day_those_are_asked_about_who_lost_their_say_without_a_word():
    low, high = two_initiatives()
    coordinator = CoordinatorFactory(place=place(MIDDLESBROUGH))
    deleted, stays = member_of(low), member_of(high)
    for person in (coordinator, deleted, stays):
        judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP)
    coordinator.coordinations.all().delete()
    deleted.delete()
    assert lapse_all() == 2
    assert list(Judgement.objects.filter(counts=True)) == list(Judgement.objects.filter(user=stays))


def test_setting_aside_survives_being_found_anew():
    low, high = two_initiatives()
    find_due()
    judge_pair(low.pk, high.pk, user=member_of(low), verdict=Verdict.UNRELATED)
    low.summary = "Mentors meet Year 6 pupils every week until they have settled."
    low.save()
    from initiatives.domain.listing import relist

    relist([low.pk])
    find_due()
    assert Pair.objects.get(low=low, high=high).standing == Standing.SET_ASIDE


@pytest.mark.django_db(transaction=True)
def test_a_person_who_judges_twice_at_once_counts_once():
    low, high = two_initiatives()
    person = member_of(low)
    again = type(person).objects.get(pk=person.pk)
    done = at_once(
        lambda: judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP),
        lambda: judge_pair(high.pk, low.pk, user=again, verdict=Verdict.COMPLEMENT),
    )
    assert [type(one) for one in done] == [Judgement, Judgement]
    assert Judgement.objects.filter(counts=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_leaves_while_they_judge_counts_no_more():
    low, high = two_initiatives()
    person = member_of(low)
    again = type(person).objects.get(pk=person.pk)
    at_once(
        lambda: judge_pair(low.pk, high.pk, user=person, verdict=Verdict.OVERLAP),
        lambda: leave_organisation(low.lead_organisation, user=again),
    )
    assert counting(low, high) == []


def test_factories_make_what_the_product_would():
    judgement = JudgementFactory()
    assert judgement.low_id < judgement.high_id
    assert judgement.organisation == judgement.low.lead_organisation
