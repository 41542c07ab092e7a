"""Which pairs are found, kept and dropped as initiatives change."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.domain.listing import relist
from initiatives.domain.running import end_initiative
from initiatives.models import Handover, Initiative, Partner
from organisations.models import Role
from partnerships.overlaps.candidates import OF_ONE_ORGANISATION
from partnerships.overlaps.domain.finding import KEPT, LEAST, find_due
from partnerships.overlaps.domain.judging import judge_pair
from partnerships.overlaps.domain.profiling import profile_all
from partnerships.overlaps.models import Pair, Profile, Relation, Standing, Verdict
from partnerships.overlaps.queries.pairs import missing_handovers_in, pairs_of
from partnerships.overlaps.queries.showing import shown
from partnerships.overlaps.reading import purposes_of_all
from partnerships.overlaps.shelf import current_view
from places.models import Place
from search.engines import EngineFailed
from tests.factories.initiatives import CARDIFF, MIDDLESBROUGH, InitiativeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.overlaps import PairFactory, two_initiatives
from tests.factories.together import at_once
from texts.vocabulary import Reach

pytestmark = pytest.mark.django_db


def change(initiative: Initiative, *, places: list[str] | None = None, **answers: Any) -> None:
    """As an edit that was cleared."""
    for name, value in answers.items():
        setattr(initiative, name, value)
    if places is not None:
        initiative.places.set(Place.objects.filter(code__in=places))
    initiative.save()
    relist([initiative.pk])


def member_of(initiative: Initiative) -> Any:
    return MembershipFactory(organisation=initiative.lead_organisation).user


def others_of(initiative: Initiative) -> set[int]:
    rows = pairs_of([initiative.pk]).values_list("low", "high")
    return {pk for row in rows for pk in row} - {initiative.pk}


def close_page(client: Client, initiative: Initiative) -> str:
    answer = client.get(reverse("close-to", args=[initiative.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_two_who_do_the_same_are_found_once_and_seen_from_both_sides(client: Client):
    low, high = two_initiatives()
    assert find_due() == 2
    pair = Pair.objects.get()
    assert (pair.low, pair.high, pair.relation) == (low, high, Relation.OVERLAP)
    assert pair.strength >= LEAST
    assert high.title in close_page(client, low)
    assert low.title in close_page(client, high)


def test_a_pair_is_said_alike_whichever_of_the_two_was_looked_at_last():
    low, high = two_initiatives(age_min=10, age_max=11, stages=("primary",))
    change(high, age_min=11, age_max=13, stages=("secondary",))
    said = []
    for one in (low, high):
        relist([one.pk])
        find_due()
        pair = Pair.objects.get()
        said.append({"forward": pair.forward, "strength": pair.strength, **pair.parts})
    assert said[0] == pytest.approx(said[1], abs=0.001)
    assert Pair.objects.get().parts["follows"] > Pair.objects.get().parts["precedes"]


def test_what_is_kept_is_kept_when_found_anew():
    low, high = two_initiatives()
    find_due()
    first = Pair.objects.get()
    relist([low.pk, high.pk])
    assert find_due() == 2
    again = Pair.objects.get()
    assert (again.pk, again.first_found_at) == (first.pk, first.first_found_at)
    assert again.found_at > first.found_at


def test_nothing_is_done_when_nothing_is_due(django_assert_num_queries: Any):
    two_initiatives()
    find_due()
    found = list(Pair.objects.values_list("pk", "found_at"))
    with django_assert_num_queries(2):
        assert find_due() == 0
    assert list(Pair.objects.values_list("pk", "found_at")) == found


def test_an_edit_that_takes_the_place_away_takes_the_pair_away():
    low, _high = two_initiatives()
    change(low, focus=("care",), age_min=11, age_max=12)
    find_due()
    assert Pair.objects.exists()
    change(low, reach="", title="Nothing alike", summary="Debt advice.", support=("money",), stages=("at-work",))
    change(low, places=[], transitions=("progression",), age_min=30, age_max=60, description="")
    assert find_due() == 1
    assert not Pair.objects.exists()


def test_an_edit_that_moves_it_elsewhere_makes_of_an_overlap_a_twin_at_the_most():
    low, _high = two_initiatives()
    find_due()
    change(low, places=[CARDIFF])
    find_due()
    assert set(Pair.objects.values_list("relation", flat=True)) <= {Relation.TWIN}


def test_what_has_ended_has_neither_pairs_nor_a_profile():
    low, high = two_initiatives()
    find_due()
    owner = MembershipFactory(organisation=low.lead_organisation, role=Role.OWNER).user
    end_initiative(low, user=owner)
    assert not Pair.objects.exists()
    assert list(Profile.objects.values_list("pk", flat=True)) == [high.pk]
    find_due()
    assert not Pair.objects.exists()


def test_what_is_no_longer_public_has_neither_and_a_draft_never_had():
    low, high = two_initiatives()
    draft = InitiativeFactory(live=False)
    find_due()
    assert not Profile.objects.filter(pk=draft.pk).exists()
    change(high, live=False)
    assert not Pair.objects.exists()
    assert list(Profile.objects.values_list("pk", flat=True)) == [low.pk]
    assert current_view().at.keys() == {low.pk}


def test_describing_all_anew_drops_what_is_gone_behind_our_back():
    _low, high = two_initiatives()
    find_due()
    Initiative.objects.filter(pk=high.pk).update(live=False)
    assert profile_all() == 1
    assert not Pair.objects.exists()
    assert find_due() == 1


def test_without_place_or_dates_nothing_fails_and_the_page_says_what_it_knows(client: Client):
    lost = InitiativeFactory(reach="", places=[], stages=(), transitions=(), support=())
    other = InitiativeFactory(
        title="Debt advice", summary="For those who owe.", support=("money",), stages=("at-work",)
    )
    assert find_due() == 2
    assert others_of(lost) <= {other.pk}
    assert "Nobody else does the same" in close_page(client, lost)
    answer = client.get(reverse("pair", args=[lost.pk, other.pk]))
    assert answer.status_code == 200
    assert "does not find these two close" in answer.content.decode()


def test_what_reaches_the_whole_country_floods_nobody(client: Client):
    local = [InitiativeFactory() for _ in range(KEPT + 3)]
    find_due()
    before = {one.pk: others_of(one) for one in local}
    wide = InitiativeFactory(reach=Reach.UK, title=local[0].title)
    find_due()
    assert len(others_of(wide)) <= KEPT
    for one in local:
        assert before[one.pk] <= others_of(one)
    assert close_page(client, wide).count("Compare the two") <= 2 * KEPT


def test_near_copies_by_one_organisation_take_three_places_in_anothers_list():
    trust = OrganisationFactory(is_public=True)
    copies = [InitiativeFactory(lead_organisation=trust, title="Steps to Secondary") for _ in range(50)]
    one, another = two_initiatives()
    find_due()
    relist([one.pk])
    find_due()
    assert len(others_of(one) & {copy.pk for copy in copies}) <= OF_ONE_ORGANISATION
    assert another.pk in others_of(one)


def test_an_organisations_own_are_no_pair_of_theirs():
    trust = OrganisationFactory(is_public=True)
    for _ in range(3):
        InitiativeFactory(lead_organisation=trust)
    assert find_due() == 3
    assert not Pair.objects.exists()


def test_when_two_come_into_one_hand_they_are_a_pair_no_more():
    low, high = two_initiatives()
    find_due()
    change(high, lead_organisation=low.lead_organisation)
    find_due()
    assert not Pair.objects.exists()


def test_a_hand_over_on_record_is_a_next_step_and_no_longer_missing():
    first = InitiativeFactory(stages=("primary",), age_min=10, age_max=11)
    then = InitiativeFactory(stages=("secondary",), age_min=11, age_max=13)
    Handover.objects.create(initiative=then, next_initiative=first)  # against all that ages tell
    relist([first.pk, then.pk])
    find_due()
    pair = Pair.objects.get()
    assert (pair.relation, pair.on_record, pair.forward) == (Relation.NEXT_STEP, True, False)
    (told,) = shown([pair])
    assert "on record" in told.reasons.because[0]
    assert (told.earlier.pk, told.later.pk) == (then.pk, first.pk)
    assert not missing_handovers_in(MIDDLESBROUGH).exists()


def test_a_partner_in_common_is_a_reason():
    low, high = two_initiatives()
    council = OrganisationFactory(name="Tees Council", is_public=True)
    for one in (low, high):
        Partner.objects.create(initiative=one, organisation=council, role="funds")
    relist([low.pk, high.pk])
    find_due()
    pair = Pair.objects.get()
    assert pair.parts["partners"] == 0.5
    assert "They share a partner already: Tees Council." in shown([pair])[0].reasons.because


class Failing:
    def more_like(self, *args: Any, **kwargs: Any) -> Any:
        raise EngineFailed("gone")


def test_pairs_of_a_place_are_found_while_the_search_engine_is_down(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("search.domain.likening.current_engine", Failing)
    low, high = two_initiatives()
    assert find_due() == 2
    assert others_of(low) == {high.pk}


def test_who_looked_a_moment_ago_reads_what_others_have_added_to_since():
    two_initiatives()
    before = current_view()
    new = InitiativeFactory()
    assert len(purposes_of_all(current_view(), 0)) == 3
    assert len(purposes_of_all(before, 0)) >= 2  # another thread's, of a moment ago
    assert before.where([new.pk]) == []
    assert current_view().where([new.pk, 10**9]) == [2]


@pytest.mark.django_db(transaction=True)
def test_two_who_find_at_once_leave_each_pair_once():
    some = [InitiativeFactory() for _ in range(4)]
    done = at_once(find_due, find_due)
    assert all(isinstance(number, int) for number in done), done
    assert Pair.objects.count() == 6
    assert not Profile.objects.filter(found=0).exists()
    assert {row.pk for row in some} == set(Profile.objects.values_list("pk", flat=True))


def test_a_change_while_it_is_looked_at_is_due_again():
    low, _high = two_initiatives()
    find_due(lambda done, total: change(low, ends_on=datetime.date(2040, 1, 1)) if done == total else None)
    assert find_due() == 1


def test_who_is_set_aside_takes_nobodys_place():
    here, *_others = [InitiativeFactory(title="Mentors", focus=("care",)) for _one in range(2 * KEPT + 4)]
    find_due()
    person = member_of(here)
    aside = sorted(others_of(here))
    for other in aside:
        judge_pair(*sorted((here.pk, other)), user=person, verdict=Verdict.UNRELATED)
    relist([here.pk])
    find_due()
    assert len(others_of(here)) >= KEPT
    assert not others_of(here) & set(aside)
    assert Pair.objects.filter(standing=Standing.SET_ASIDE).count() == len(aside)  # looked at again as they change
    back = Initiative.objects.get(pk=aside[0])
    change(back, support=("tutoring",), focus=())
    relist([here.pk])
    find_due()
    assert back.pk in others_of(here) or not Pair.objects.filter(low__in=[here.pk, back.pk], high=back.pk).exists()


def test_three_of_one_organisation_that_are_set_aside_leave_room_for_three_others_of_it():
    here, lead = InitiativeFactory(), OrganisationFactory()
    for _one in range(2 * OF_ONE_ORGANISATION):
        InitiativeFactory(lead_organisation=lead)
    find_due()
    aside = others_of(here)
    assert len(aside) == OF_ONE_ORGANISATION
    person = member_of(here)
    for other in aside:
        judge_pair(*sorted((here.pk, other)), user=person, verdict=Verdict.UNRELATED)
    relist([here.pk])
    find_due()
    assert len(others_of(here)) == OF_ONE_ORGANISATION
    assert not others_of(here) & aside


@pytest.mark.parametrize("number", [1, 30])
def test_showing_takes_the_same_queries_for_one_and_for_thirty(number: int, django_assert_num_queries: Any):
    PairFactory.create_batch(number)
    pairs = list(Pair.objects.all())
    with django_assert_num_queries(6):
        assert len(shown(pairs)) == number


def test_of_twenty_that_are_all_alike_none_is_left_without():
    alike = [InitiativeFactory(title="Mentors", focus=("care",)) for _one in range(20)]
    find_due()
    numbers = Counter(side for pair in Pair.objects.all() for side in (pair.low_id, pair.high_id))
    assert min(numbers[one.pk] for one in alike) >= 5
