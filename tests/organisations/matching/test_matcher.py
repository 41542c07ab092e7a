"""Duplicates among records, found without labels."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from organisations.matching.blocking import Budget, candidates
from organisations.matching.comparing import alike, compare
from organisations.matching.fields import Field, How, Record, read
from organisations.matching.matcher import match
from organisations.matching.model import probabilities
from tests.benchmarks import linkage

FIELDS = (Field("name"), Field("town"), Field("postcode", How.CODES))
PLACES = ("Bradford", "Leeds", "Whitby", "Derby", "Hull", "Selby", "Ripon", "Otley")
KINDS = ("Primary School", "Youth Club", "College", "Mentoring Trust", "Community Centre")
PEOPLE = (
    "Aelred",
    "Bede",
    "Cuthbert",
    "Dunstan",
    "Edith",
    "Frideswide",
    "Godric",
    "Hilda",
    "Ivo",
    "Jude",
    "Kevin",
    "Lucy",
)
ROADS = (
    "Abbey",
    "Beck",
    "Carr",
    "Dale",
    "Elm",
    "Ford",
    "Gate",
    "Hill",
    "Ings",
    "Kirk",
    "Lane",
    "Moor",
    "Nab",
    "Oak",
    "Park",
)


def registry(seed: int = 1) -> tuple[list[Record], set[tuple[int, int]]]:
    """400 made-up organisations, and twenty of them a second time: in other words, with a slip, without a postcode."""
    rng = random.Random(seed)
    names = [f"{road} {person} {kind}" for road in ROADS for person in PEOPLE for kind in KINDS]
    records: list[Record] = [
        {"name": name, "town": rng.choice(PLACES), "postcode": f"LS{number % 29}{number % 7}AB"}
        for number, name in enumerate(rng.sample(names, 400))
    ]
    again = set()
    for number in range(0, 400, 20):
        one = records[number]
        again.add((number, len(records)))
        slip = "The " + one["name"].replace("Primary", "Primry").replace("Mentoring", "Mentorng")
        records.append({"name": slip, "town": one["town"], "postcode": one["postcode"] if number % 40 else ""})
    return records, again


def test_what_is_entered_twice_is_found_and_little_else() -> None:
    records, again = registry()
    found = match(records, FIELDS, budget=Budget(share=0.05))
    given_pairs = {one.pair for one in found.matches}
    precision, recall, _f1 = linkage.score(given_pairs, again)
    assert recall >= 0.8 and precision >= 0.8, (precision, recall)


def test_where_nothing_is_entered_twice_next_to_nothing_is_given() -> None:
    records, _again = registry()
    assert len(match(records[:400], FIELDS, budget=Budget(share=0.05)).matches) <= 4


def test_no_more_is_compared_than_the_budget_allows() -> None:
    records, _again = registry()
    for budget in (Budget(), Budget(share=0.002), Budget(each=1), Budget(least=2_000)):
        found = match(records, FIELDS, budget=budget)
        assert 0 < found.compared <= budget.of(found.possible, len(records))


def test_across_two_tables_only_pairs_across_are_given() -> None:
    records, again = registry()
    found = match(records, FIELDS, left=400, budget=Budget(share=0.05))
    assert found.possible == 400 * 20
    assert all(one < 400 <= other for one, other in (m.pair for m in found.likely))
    assert {m.pair for m in found.matches} >= set(sorted(again)[1::2])  # those that share their postcode too


def test_no_record_has_two_partners_and_what_is_known_to_be_apart_is_not_given() -> None:
    records, _again = registry()
    records += [dict(records[0]), dict(records[0])]
    found = match(records, FIELDS, budget=Budget(share=0.05))
    partners = [place for one in found.matches for place in one.pair]
    assert len(partners) == len(set(partners))
    assert {one.pair for one in found.likely} >= {(0, 420), (0, 421)}
    again = match(records, FIELDS, budget=Budget(share=0.05), apart=[found.matches[0].pair])
    assert found.matches[0].pair not in {one.pair for one in again.likely}


def test_the_order_of_the_records_does_not_matter() -> None:
    records, _again = registry()
    order = list(range(len(records)))
    random.Random(5).shuffle(order)
    straight = match(records, FIELDS, budget=Budget(share=0.05))
    shuffled = match([records[place] for place in order], FIELDS, budget=Budget(share=0.05))
    assert shuffled.compared == straight.compared
    assert {tuple(sorted(order[place] for place in one.pair)) for one in shuffled.likely} == {
        one.pair for one in straight.likely
    }


def test_a_pair_is_compared_the_same_from_both_sides_and_no_more_than_wholly_alike() -> None:
    words = st.lists(st.text("abj1 ", min_size=1, max_size=5).map(str.strip).filter(bool), max_size=5)

    @settings(max_examples=150, deadline=None)
    @given(one=words, other=words)
    def holds(one: list[str], other: list[str]) -> None:
        weights = {word: 1 + len(word) / 3 for word in [*one, *other]}
        there, back = alike(one, other, weights), alike(other, one, weights)
        assert there == pytest.approx(back)
        assert 0 <= there <= 1
        assert not one or alike(one, one, weights) == pytest.approx(1)

    holds()


@pytest.mark.parametrize(
    ("one", "other", "at_least", "at_most"),
    [
        ("Citizens Advice Bradford", "Citizens Advice, Bradford & Airedale", 0.6, 0.95),
        ("St Hilda's College", "St Hildas College", 1.0, 1.0),
        ("Bradford Mentoring", "Bradford Mentorng", 0.9, 1.0),
        ("J Smith Foundation", "Jane Smith Foundation", 0.9, 1.0),
        ("Unit 11", "Unit 12", 0.0, 0.6),
        ("Whitby Sailing", "Derby Athletics", 0.0, 0.0),
    ],
)
def test_names_are_as_alike_as_people_say(one: str, other: str, at_least: float, at_most: float) -> None:
    table = read([{"name": one}, {"name": other}, {"name": "Something Else"}], [Field("name")])
    assert at_least <= compare(table, [(0, 1)])[0, 0] <= at_most


def test_a_field_of_which_nothing_is_said_counts_for_nothing() -> None:
    table = read([{"name": "A School", "postcode": ""}, {"name": "A School"}], FIELDS)
    assert np.isnan(compare(table, [(0, 1)])[0, 1:]).all()
    assert not np.isnan(probabilities(np.array([[1.0, np.nan], [0.1, np.nan], [0.9, 0.9]]))).any()


@pytest.mark.parametrize("records", [[], [{"name": "One"}], [{"name": ""}, {"name": ""}], [{"name": "A"}] * 3])
def test_a_table_with_nothing_to_find_is_no_error(records: list[Record]) -> None:
    found = match(records, [Field("name")], budget=Budget(least=10))
    assert found.compared <= found.possible


def test_several_codes_are_the_same_where_one_is() -> None:
    table = read([{"number": "CHC123 COH9"}, {"number": "COH9"}, {"number": "COH8"}], [Field("number", How.CODES)])
    assert compare(table, [(0, 1), (0, 2)])[:, 0].tolist() == [1.0, 0.0]
    assert candidates(table, budget=Budget(least=5)) == [(0, 1)]


@pytest.mark.skipif(not linkage.DATA.exists(), reason="the collections are not there")
def test_the_goal_of_the_restaurants_is_met() -> None:
    figure = linkage.measure(linkage.restaurant())
    assert figure["value"] >= 0.95, figure
    assert float(figure["compared"].rstrip("%")) <= 1
