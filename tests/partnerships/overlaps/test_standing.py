"""Where a pair stands after what was said of it, and when it comes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.overlaps.domain.standing import Said, changes, restand, stand
from partnerships.overlaps.models import Pair, Standing, Verdict
from tests.factories.organisations import OrganisationFactory
from tests.factories.overlaps import PARTS, JudgementFactory, PairFactory

NAMES = sorted(PARTS)
some_parts = st.fixed_dictionaries({name: st.floats(0, 1).map(lambda x: round(x, 3)) for name in NAMES})


def said(*verdicts: str, parts: dict[str, float] = PARTS, by_side: bool = True) -> list[Said]:
    return [Said(verdict, by_side, parts) for verdict in verdicts]


def with_(**changed: float) -> dict[str, float]:
    return {**PARTS, **changed}


@pytest.mark.parametrize("verdict", [Verdict.OVERLAP, Verdict.NEXT_STEP, Verdict.COMPLEMENT, Verdict.TWIN])
def test_what_they_are_to_each_other_leaves_a_pair_open(verdict: str):
    assert stand(said(verdict), PARTS).standing == Standing.OPEN
    assert stand([], PARTS).standing == Standing.OPEN


@pytest.mark.parametrize(
    ("verdicts", "standing"),
    [
        (["unrelated"], Standing.SET_ASIDE),
        (["together"], Standing.TOGETHER),
        (["duplicate"], Standing.DUPLICATE),
        (["overlap", "unrelated"], Standing.SET_ASIDE),
        (["together", "unrelated"], Standing.SET_ASIDE),
        (["unrelated", "together"], Standing.SET_ASIDE),
        (["together", "duplicate"], Standing.DUPLICATE),
        (["unrelated", "duplicate"], Standing.DUPLICATE),
        (["overlap", "together"], Standing.TOGETHER),
    ],
)
def test_a_duplicate_goes_before_not_related_and_that_before_together(verdicts: list[str], standing: str):
    assert stand(said(*verdicts), PARTS).standing == standing


def test_only_a_coordinator_or_moderator_settles_that_it_is_no_duplicate():
    duplicate = said("duplicate")
    settled = said("unrelated", by_side=False)
    assert stand([*settled, *duplicate], PARTS).standing == Standing.SET_ASIDE
    assert stand([*duplicate, *settled], PARTS).standing == Standing.DUPLICATE  # said again afterwards
    assert stand(said("unrelated", "duplicate"), PARTS).standing == Standing.DUPLICATE


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (with_(support=0.76), ()),
        (with_(support=0.75), ("support",)),
        (with_(support=0.8, purpose=0.4), ()),
        (with_(support=0.8, purpose=0.45, ages=0.35), ("support", "ages", "purpose")),
        (with_(support=0.7, purpose=0.57), ("support",)),
        (with_(place=0.8, apart=0.2, tags=0.2), ()),  # apart is the place once more
        (with_(place=0.7, apart=0.3), ("place",)),
        (with_(support=0.8, people=0.2, otherwise=0.2), ()),  # made of place, ages and support
    ],
)
def test_a_pair_comes_back_once_one_part_or_all_together_changed_enough(
    now: dict[str, float], changed: tuple[str, ...]
):
    found = stand(said("unrelated"), now)
    assert found.changed == changed
    assert found.standing == (Standing.OPEN if changed else Standing.SET_ASIDE)


def test_the_newest_word_is_what_changes_are_measured_by():
    old, new = said("unrelated", parts=with_(place=0.2)), said("unrelated")
    assert stand([*new, *old], PARTS).standing == Standing.SET_ASIDE
    assert stand([*old, *new], PARTS).changed == ("place",)


def test_what_has_changed_back_is_set_aside_again():
    assert stand(said("unrelated"), with_(place=0.0)).standing == Standing.OPEN
    assert stand(said("unrelated"), PARTS).standing == Standing.SET_ASIDE


def test_who_works_together_still_does_after_a_dismissal_lapsed():
    found = stand(said("unrelated", "together"), with_(place=0.0))
    assert (found.standing, found.changed) == (Standing.TOGETHER, ("place",))


def test_parts_that_only_one_of_the_two_moments_knows_are_not_compared():
    assert changes({}, PARTS) == ()
    assert changes({"an old part": 1.0, "place": 1.0}, PARTS) == ()


@given(before=some_parts, now=some_parts)
def test_parts_are_named_just_where_the_pair_comes_back(before: dict[str, float], now: dict[str, float]):
    found = stand(said("unrelated", parts=before), now)
    assert (found.standing == Standing.OPEN) == bool(found.changed)
    assert all(before[name] != now[name] for name in found.changed)
    assert changes(before, now) == found.changed
    assert set(changes(now, before)) == set(found.changed)
    assert stand(said("unrelated", parts=before), before).standing == Standing.SET_ASIDE


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 10])
def test_pairs_about_to_be_kept_are_given_their_standing_by_one_query(number: int, django_assert_num_queries: Any):
    stored = [PairFactory() for _ in range(number)]
    for pair in stored:
        JudgementFactory(low=pair.low, high=pair.high, verdict=Verdict.UNRELATED)
    pairs = [Pair(low_id=pair.low_id, high_id=pair.high_id, parts=PARTS) for pair in stored]
    with django_assert_num_queries(1):
        restand(pairs)
    assert {pair.standing for pair in pairs} == {Standing.SET_ASIDE}
    with django_assert_num_queries(0):
        restand([])


@pytest.mark.django_db
def test_a_word_about_one_pair_is_not_taken_for_another():
    first, second = PairFactory(), PairFactory()
    JudgementFactory(low=first.low, high=second.high, verdict=Verdict.UNRELATED)
    restand([first, second])
    assert {first.standing, second.standing} == {Standing.OPEN}


@pytest.mark.django_db
def test_what_counts_no_more_sets_nothing_aside():
    pair = PairFactory()
    JudgementFactory(low=pair.low, high=pair.high, verdict=Verdict.UNRELATED, counts=False)
    restand([pair])
    assert pair.standing == Standing.OPEN


@pytest.mark.django_db
def test_for_a_side_and_as_a_coordinator_are_told_apart():
    pair = PairFactory()
    JudgementFactory(low=pair.low, high=pair.high, verdict=Verdict.DUPLICATE)
    side = JudgementFactory(
        low=pair.low, high=pair.high, verdict=Verdict.UNRELATED, organisation=pair.high.lead_organisation
    )
    restand([pair])
    assert pair.standing == Standing.DUPLICATE
    side.organisation = None
    side.save()
    restand([pair])
    assert pair.standing == Standing.DUPLICATE  # the organisation is gone: it was no coordinator who said so
    side.behalf = ""
    side.save()
    restand([pair])
    assert pair.standing == Standing.SET_ASIDE
    side.organisation = OrganisationFactory()
    side.save()
    restand([pair])
    assert pair.standing == Standing.DUPLICATE
