"""The parts that two initiatives have in common, each from nought to one, for whatever was entered or left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.overlaps.models import Profile
from partnerships.overlaps.parts import SETS, STRUCTURE, common, shared, structure
from partnerships.overlaps.traits import row_of, rows_of
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, UK, WALES
from texts.vocabulary import Focus, Stage, Support, Transition

pytestmark = pytest.mark.django_db

PLACES = (MIDDLESBROUGH, HARTLEPOOL, CARDIFF, NORTH_EAST, ENGLAND, WALES, UK)
ANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def profile(**traits: Any) -> Profile:
    """Of nothing that anybody said, but for these traits."""
    return Profile(**{"initiative_id": 1, "lead_id": 1, **traits})


def between(one: Profile, other: Profile) -> dict[str, float]:
    return {name: float(part[0]) for name, part in structure(row_of(one), rows_of([other])).items()}


def some_of(vocabulary: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(vocabulary.values), max_size=4).map(lambda values: tuple(sorted(values)))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any that the registry can hold."""
    ages = sorted(draw(st.tuples(st.integers(0, 120), st.integers(0, 120))))
    known = draw(st.sampled_from([(True, True), (True, False), (False, True), (False, False)]))
    days = sorted(draw(st.tuples(st.integers(700_000, 760_000), st.integers(700_000, 760_000))))
    dated = draw(st.sampled_from([(True, True), (True, False), (False, True), (False, False)]))
    point = draw(st.none() | st.tuples(st.floats(49.0, 61.0), st.floats(-9.0, 2.0)))
    return profile(
        stages=draw(some_of(Stage)),
        transitions=draw(some_of(Transition)),
        support=draw(some_of(Support)),
        focus=draw(some_of(Focus)),
        age_min=ages[0] if known[0] else None,
        age_max=ages[1] if known[1] else None,
        places=sorted(draw(st.sets(st.sampled_from(PLACES), max_size=3))),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        starts=days[0] if dated[0] else None,
        ends=days[1] if dated[1] else None,
        months=draw(st.integers(0, 4095)),
    )


@ANY
@given(one=profiles(), other=profiles())
def test_every_part_lies_between_nought_and_one_whatever_was_entered(one: Profile, other: Profile):
    parts = between(one, other)
    assert set(parts) == set(STRUCTURE)
    for name, part in parts.items():
        assert 0.0 <= part <= 1.0, (name, part)  # false of what is no number, too


@ANY
@given(one=profiles(), other=profiles())
def test_it_is_all_the_same_which_comes_first_but_for_who_follows_whom(one: Profile, other: Profile):
    there, back = between(one, other), between(other, one)
    back["follows"], back["precedes"] = back["precedes"], back["follows"]
    assert there == pytest.approx(back, abs=1e-6)


@ANY
@given(one=profiles())
def test_two_that_say_all_the_same_are_wholly_alike(one: Profile):
    if not one.places:
        one.places = [MIDDLESBROUGH]
    one.transitions = one.transitions or ("into-work",)
    one.stages = one.stages or ("16-18",)
    one.support = one.support or ("mentoring",)
    one.focus = one.focus or ("care",)
    parts = between(one, one)
    for name in ("step", "support", "ages", "focus", "place"):
        assert parts[name] == pytest.approx(1.0), name
    assert parts["otherwise"] == pytest.approx(0.0)
    assert parts["apart"] == pytest.approx(0.0)


@ANY
@given(one=profiles(), many=st.lists(profiles(), min_size=1, max_size=6))
def test_one_beside_many_is_the_same_as_beside_each_alone(one: Profile, many: list[Profile]):
    together = structure(row_of(one), rows_of(many))
    for at, other in enumerate(many):
        assert between(one, other) == {name: pytest.approx(float(part[at])) for name, part in together.items()}


def test_the_whole_country_beside_one_authority_is_worth_less_than_two_in_the_same():
    here = profile(places=[MIDDLESBROUGH])
    wide = [between(profile(places=[code]), here)["place"] for code in (NORTH_EAST, ENGLAND, UK)]
    assert 1.0 == between(here, here)["place"] > wide[0] > wide[1] > wide[2] > 0.0


def test_two_of_which_one_reaches_the_region_and_the_other_another_nation_share_no_place():
    parts = between(profile(places=[NORTH_EAST]), profile(places=[CARDIFF]))
    assert (parts["place"], parts["apart"], parts["people"]) == (0.0, 1.0, 0.0)


def test_venues_two_miles_apart_across_a_boundary_are_near():
    here = profile(places=[MIDDLESBROUGH], latitude=54.600, longitude=-1.230)
    across = profile(places=[HARTLEPOOL], latitude=54.629, longitude=-1.230)
    far = profile(places=[HARTLEPOOL], latitude=54.890, longitude=-1.230)
    unknown = profile(places=[HARTLEPOOL])
    assert 0.6 < between(here, across)["place"] < 0.8
    assert between(here, far)["place"] < 0.15
    assert between(here, unknown)["place"] == 0.0


def test_after_year_6_comes_what_is_for_11_to_13_and_not_the_other_way_round():
    year_6 = profile(stages=("primary",), age_min=10, age_max=11)
    later = profile(stages=("secondary",), age_min=11, age_max=13)
    parts = between(year_6, later)
    assert parts["follows"] > 0.6
    assert parts["precedes"] == 0.0


def test_the_same_ages_follow_nobody():
    same = profile(stages=("secondary",), age_min=11, age_max=13)
    assert between(same, same)["follows"] == between(same, same)["precedes"] == 0.0


def test_what_comes_long_after_follows_less_than_what_comes_next():
    primary = profile(stages=("primary",), age_min=5, age_max=11)
    soon = between(primary, profile(stages=("secondary",), age_min=11, age_max=16))["follows"]
    late = between(primary, profile(stages=("at-work",), age_min=30, age_max=60))["follows"]
    assert soon > late


def test_what_nobody_said_counts_a_little():
    said, unsaid = profile(stages=("primary",), support=("mentoring",), focus=("care",)), profile()
    for one, other in ((said, unsaid), (unsaid, unsaid)):
        parts = between(one, other)
        for name in ("step", "follows", "precedes", "support", "ages", "focus"):
            assert 0.0 < parts[name] < 1.0, name
    assert between(unsaid, unsaid)["focus"] > between(said, unsaid)["focus"]  # both are for everyone


def test_ages_are_taken_from_the_stage_where_nobody_gave_any():
    primary = profile(stages=("primary",))
    assert between(primary, profile(age_min=5, age_max=11))["ages"] == pytest.approx(1.0)
    assert between(primary, profile(age_min=18, age_max=25))["ages"] == 0.0


def test_two_that_never_run_together_share_no_time_and_a_month_in_common_is_best():
    before, after = profile(ends=730_000), profile(starts=730_001)
    assert between(before, after)["time"] == 0.0
    assert between(before, profile())["time"] == 0.8
    september, october = profile(months=1 << 8), profile(months=1 << 9)
    assert between(september, september)["time"] > between(september, october)["time"]


@given(
    one=st.sets(st.integers(1, 30), max_size=8),
    others=st.lists(st.sets(st.integers(1, 30), max_size=8), min_size=1, max_size=5),
)
def test_tags_and_partners_in_common_lie_between_nought_and_one(one: set[int], others: list[set[int]]):
    number = np.array([float(len(one & other)) for other in others])
    tags = shared(number, len(one), np.array([float(len(other)) for other in others]))
    for other, alike, partners in zip(others, tags, common(number), strict=True):
        assert 0.0 <= alike <= 1.0
        assert 0.0 <= partners <= 1.0
        assert (alike > 0) == (partners > 0) == bool(one & other)
    assert SETS == ("tags", "partners")
