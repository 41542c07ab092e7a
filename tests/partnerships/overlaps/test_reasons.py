"""Why two are something to each other, in sentences: all that is said is true, and nothing is said of what nobody
entered."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnerships.overlaps.models import Relation
from partnerships.overlaps.parts import PARTS
from partnerships.overlaps.queries.facts import Side
from partnerships.overlaps.reasons import SHOWN, Reasons, reasons
from partnerships.overlaps.relations import SHIPPED
from tests.factories.initiatives import CARDIFF, HARTLEPOOL, MIDDLESBROUGH, UK
from texts.vocabulary import Focus, Reach, Stage, Support, Transition

pytestmark = pytest.mark.django_db

NAMES = {MIDDLESBROUGH: "Middlesbrough", HARTLEPOOL: "Hartlepool", CARDIFF: "Cardiff", UK: "The whole UK"}
ALL = dict.fromkeys(PARTS, 1.0)


def side(pk: int = 1, title: str = "Steps", code: str | None = MIDDLESBROUGH, **facts: Any) -> Side:
    """Of nothing that anybody said, but for these facts."""
    nothing: dict[str, Any] = {
        **{"pk": pk, "title": title, "url": f"/initiatives/{pk}/", "summary": ""},
        **{"lead_id": pk, "lead": f"Trust {pk}", "lead_url": "/", "reach": Reach.AUTHORITIES.value},
        **{"place": NAMES.get(code or "", "Place not given"), "codes": (code,) if code else ()},
        **{"stages": (), "transitions": (), "support": (), "focus": (), "age_min": None, "age_max": None},
        **{"starts_on": None, "ends_on": None, "months": frozenset(), "tags": frozenset()},
        **{"organisations": ((pk, f"Trust {pk}"),), "point": None},
    }
    return Side(**{**nothing, **facts})


MENTORS = side(
    support=("mentoring",), age_min=11, age_max=13, stages=("secondary",), transitions=("primary-to-secondary",)
)
SAME = replace(MENTORS, pk=2, title="Bridges", lead_id=2, organisations=((2, "Trust 2"),))


def said(one: Side, other: Side, relation: str = Relation.OVERLAP, **given: Any) -> Reasons:
    return reasons(one, other, relation, given.pop("parts", ALL), SHIPPED[relation], **given)


def test_an_overlap_says_what_for_whom_and_where():
    first = said(MENTORS, SAME).first
    assert first.startswith("Both give mentoring to 11 to 13-year-olds (")
    assert first.endswith(" in Middlesbrough.")


def test_a_next_step_says_who_comes_first_and_at_which_age():
    later = replace(SAME, age_min=14, age_max=16)
    forward = said(MENTORS, later, Relation.NEXT_STEP).first
    assert forward == "“Steps” takes people up to 13, “Bridges” from 14, in Middlesbrough."
    assert said(later, MENTORS, Relation.NEXT_STEP, forward=False).first == forward


def test_a_complement_says_what_each_gives():
    other = replace(SAME, support=("family", "health"))
    first = said(MENTORS, other, Relation.COMPLEMENT).first
    assert "in Middlesbrough “Steps” gives mentoring, “Bridges” health and wellbeing and family and parenting." in first


def test_a_twin_says_both_places():
    there = replace(SAME, codes=(CARDIFF,), place="Cardiff")
    assert said(MENTORS, there, Relation.TWIN).first.endswith("one in Middlesbrough, the other in Cardiff.")


def test_a_shared_month_partner_tag_and_focus_are_said():
    shared: dict[str, Any] = {"focus": ("care",), "months": frozenset({9, 1}), "tags": frozenset({"chess"})}
    one = replace(MENTORS, **shared, organisations=((1, "Trust 1"), (7, "The Council")))
    other = replace(SAME, **shared, organisations=((2, "Trust 2"), (7, "The Council")))
    assert set(said(one, other).because) == {
        "Both are above all for: care-experienced.",
        "Both take new people in January and September.",
        "They share a partner already: The Council.",
        "Both are tagged “chess”.",
    }


def test_what_weighed_most_is_said_first_and_only_a_few():
    shared: dict[str, Any] = {"focus": ("care",), "months": frozenset({9}), "tags": frozenset({"chess"})}
    shared["point"] = (54.6, -1.2)
    assert said(
        replace(MENTORS, tags=frozenset({"chess"})), replace(SAME, tags=frozenset({"chess"})), terms=["debating"]
    ).because == (
        "Both are tagged “chess”.",
        "Both write of “debating”.",  # single words tell least, whatever they weigh
    )
    one = replace(MENTORS, **shared, organisations=((1, "Trust 1"), (7, "The Council")))
    other = replace(SAME, **shared, organisations=((2, "Trust 2"), (7, "The Council")))
    because = said(one, other, terms=["debating"]).because
    assert len(because) == SHOWN
    assert because[0] == "They meet less than a mile apart."
    assert because[1] == "Both are tagged “chess”."
    away = said(one, replace(other, point=(54.63, -1.2))).because
    assert away[0] == "They meet 2 miles apart."


def test_a_hand_over_on_record_is_said_before_all_else():
    assert "on record" in said(MENTORS, SAME, Relation.NEXT_STEP, on_record=True).because[0]


def test_what_did_not_carry_the_score_is_no_reason():
    one, other = replace(MENTORS, tags=frozenset({"chess"})), replace(SAME, tags=frozenset({"chess"}))
    assert said(one, other, parts={**ALL, "tags": 0.0}).because == ()


def test_other_ages_are_said_to_differ_and_no_ages_are_said_to_be_shared():
    reasons = said(replace(MENTORS, age_max=11, age_min=9), replace(SAME, age_min=12, age_max=14))
    assert "“Steps” is for 9 to 11-year-olds, “Bridges” for 12 to 14-year-olds." in reasons.differs
    assert "year-olds" not in " ".join((reasons.first, *reasons.because))


def test_what_only_one_gives_is_for_and_reaches_is_said_to_differ():
    other = replace(SAME, support=("mentoring", "health"), focus=("care",), codes=(HARTLEPOOL,), place="Hartlepool")
    assert set(said(MENTORS, other).differs) == {
        "Only “Bridges” gives health and wellbeing.",
        "“Bridges” is above all for: care-experienced.",
        "“Steps” reaches Middlesbrough, “Bridges” Hartlepool.",
    }


def test_two_that_say_the_same_differ_in_nothing():
    assert said(MENTORS, SAME).differs == ()


def test_an_end_is_said():
    ending = replace(SAME, ends_on=datetime.date(2027, 7, 31))
    assert said(MENTORS, ending).differs == ("“Bridges” runs until 31 July 2027.",)


@pytest.mark.parametrize(
    ("north", "sentence"),
    [(0.0, "less than a mile"), (0.0145, "1 mile apart"), (0.029, "2 miles apart"), (1.0, "")],
)
def test_venues_near_each_other_are_said_in_miles(north: float, sentence: str):
    one, other = replace(MENTORS, point=(54.6, -1.2)), replace(SAME, point=(54.6 + north, -1.2))
    because = " ".join(said(one, other).because)
    assert sentence in because if sentence else not because


def some_of(vocabulary: Any) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(vocabulary.values), max_size=5).map(lambda values: tuple(sorted(values)))


AGES = st.none() | st.integers(0, 120)
SIDES = st.builds(
    lambda code, ages, **facts: side(code=code, age_min=ages[0], age_max=ages[1], **facts),
    code=st.sampled_from([None, *NAMES]),
    ages=st.tuples(AGES, AGES).map(lambda two: two if None in two else tuple(sorted(two))),
    stages=some_of(Stage),
    transitions=some_of(Transition),
    support=some_of(Support),
    focus=some_of(Focus),
    months=st.frozensets(st.integers(1, 12)),
    tags=st.frozensets(st.sampled_from(["chess", "maths", "music", "drama"])),
    point=st.none() | st.tuples(st.floats(54.5, 54.7), st.floats(-1.3, -1.1)),
    ends_on=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=SIDES, other=SIDES, relation=st.sampled_from(Relation.values), forward=st.booleans())
def test_missing_facts_leave_no_holes_in_sentences(one: Side, other: Side, relation: str, forward: bool):
    other = replace(other, pk=2, title="Bridges", lead_id=2, organisations=((2, "Trust 2"),))
    told = said(one, other, relation, forward=forward)
    for sentence in (told.first, *told.because, *told.differs):
        assert sentence.endswith("."), sentence
        assert not re.search(r"“\s*”|\(\s*\)|  | [.,:;]|None|%\(|: \.|\bto :|[{}]", sentence), sentence
    months = one.months & other.months
    assert any("take new people" in reason for reason in told.because) <= bool(months)
    assert any("tagged" in reason for reason in told.because) <= bool(one.tags & other.tags)
    assert not any("partner" in reason for reason in told.because)
    if one.age_min is not None and other.age_max is not None and one.age_min > other.age_max:
        assert "year-olds" not in " ".join((told.first, *told.because))
