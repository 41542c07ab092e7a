"""Who takes up whom: the rule over arrays against one that looks at each two cards, forwards and backwards."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.chains.order import AFTER, BEFORE, FIRSTS, LASTS
from partnerships.chains.rule import BACKWARD, FORWARD, Found, found, looked_at
from partnerships.coverage.grid import STEPS
from places.queries import UK_CODE, gazetteer
from tests.factories.chains import FOLLOWS, PLAIN, SCHOOL, Plain, found_by_hand, lives_of_cards, mirrored
from tests.factories.initiatives import HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST
from texts.vocabulary import Stage

pytestmark = pytest.mark.django_db

CASES = int(os.environ.get("CHAINS_CASES", "200"))
TEES_VALLEY = "E47000006"


def answers(cards: list[Plain], place: str, direction=FORWARD) -> list[int]:
    lives = lives_of_cards(cards, list(gazetteer().authorities_in(place)))
    assert lives.pks.tolist() == list(range(1, len(cards) + 1))
    return [int(answer) for answer in found(lives, np.arange(len(cards)), direction)]


def by_hand(cards: list[Plain], place: str, *, is_forward: bool) -> list[int]:
    areas = set(gazetteer().authorities_in(place))
    return [found_by_hand(cards, card, areas, is_forward=is_forward) for card in cards]


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cards=st.lists(PLAIN, min_size=1, max_size=7),
    place=st.sampled_from([MIDDLESBROUGH, NORTH_EAST, TEES_VALLEY, UK_CODE]),
)
def test_what_is_found_equals_what_a_person_with_the_cards_finds(cards, place):
    for direction in (FORWARD, BACKWARD):
        told, wanted = answers(cards, place, direction), by_hand(cards, place, is_forward=direction.is_forward)
        for one, other in zip(told, wanted, strict=True):
            assert (one >= Found.FULLY) == (other >= Found.FULLY)
            assert one >= Found.FULLY or one == other  # of what is fully taken up no more is asked


@settings(max_examples=CASES // 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards=st.lists(PLAIN, min_size=2, max_size=6), data=st.data())
def test_starts_are_the_same_rule_with_life_read_backwards(cards, data):
    cards = [
        replace(
            card,
            steps=tuple(data.draw(st.sets(st.sampled_from(SCHOOL), min_size=1, max_size=2))),
            age_min=(low := data.draw(st.integers(1, 12))),
            age_max=low + data.draw(st.integers(0, 6)),
        )
        for card in cards
    ]
    backwards = [mirrored(card) for card in cards]
    assert answers(cards, MIDDLESBROUGH, BACKWARD) == answers(backwards, MIDDLESBROUGH, FORWARD)


def test_every_step_is_followed_by_what_people_would_say():
    for number, step in enumerate(STEPS):
        after = {other for at, other in enumerate(STEPS) if AFTER[number] >> at & 1}
        before = {other for at, other in enumerate(STEPS) if BEFORE[number] >> at & 1}
        assert after == set(FOLLOWS.get(step, ()))
        assert before == {other for other, nexts in FOLLOWS.items() if step in nexts}
        assert after or step in LASTS
        assert before or step in FIRSTS


HERE = frozenset({MIDDLESBROUGH})
SIX = Plain(HERE, ("primary", "primary-to-secondary"), age_min=10, age_max=11)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Plain(HERE, ("secondary",), age_min=11, age_max=16), Found.FULLY),
        (Plain(HERE, ("secondary",)), Found.FULLY),  # who says no ages is for the whole stage
        (Plain(HERE, ("secondary",), age_min=12, age_max=14), Found.FULLY),
        (Plain(HERE, ("secondary",), age_min=13, age_max=16), Found.NONE),
        (Plain(HERE, ("primary-to-secondary",), age_min=11, age_max=12), Found.FULLY),  # the same step, a year on
        (Plain(HERE, ("primary-to-secondary",), age_min=10, age_max=11), Found.NONE),
        (Plain(HERE, ("16-18",), age_min=11, age_max=18), Found.NONE),
        (Plain(frozenset({HARTLEPOOL}), ("secondary",)), Found.NONE),
        (Plain(frozenset({NORTH_EAST}), ("secondary",)), Found.FULLY),
        (Plain(frozenset({UK_CODE}), ("secondary",)), Found.AFAR),
        (Plain(HERE, ("secondary",), online=True), Found.AFAR),
        (Plain(HERE, ("secondary",), focus=frozenset({"care"})), Found.SOME | Found.SOME_AFAR),
        (Plain(frozenset({UK_CODE}), ("secondary",), focus=frozenset({"care"})), Found.SOME_AFAR),
    ],
)
def test_who_takes_up_the_year_sixes_of_middlesbrough(other: Plain, expected: int):
    answer = answers([SIX, other], MIDDLESBROUGH)[0]
    assert answer >= Found.FULLY if expected == Found.FULLY else answer == expected


def test_a_group_is_taken_up_by_who_is_for_everyone_or_for_it_and_by_no_other_group():
    of_care = replace(SIX, focus=frozenset({"care"}))
    for focus, is_taken in ((set(), True), ({"care", "fsm"}, True), ({"fsm"}, False)):
        other = Plain(HERE, ("secondary",), focus=frozenset(focus))
        assert (answers([of_care, other], MIDDLESBROUGH)[0] >= Found.FULLY) is is_taken


def test_nobody_takes_itself_up_and_firsts_and_lasts_need_nobody():
    alone = Plain(HERE, ("primary", "secondary"), age_min=5, age_max=11)
    assert answers([alone], MIDDLESBROUGH) == [Found.NONE]
    lives = lives_of_cards([Plain(HERE, (step,)) for step in STEPS], [MIDDLESBROUGH])
    needs_after = {STEPS[at] for at in np.flatnonzero(looked_at(lives, FORWARD))}
    needs_before = {STEPS[at] for at in np.flatnonzero(looked_at(lives, BACKWARD))}
    assert set(STEPS) - needs_after == {"progression", "at-work", "returning"}
    assert set(STEPS) - needs_before == {"early-years", "return", "returning"}
    assert Stage.EARLY_YEARS in needs_after
