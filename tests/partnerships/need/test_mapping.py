"""From an index's areas to today's council areas: succession, weights, what is known, and where a place stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerships.need.districts import ended_districts, made_of
from partnerships.need.domain.loading import Report, load_need
from partnerships.need.means import shares_of, weighted_mean
from partnerships.need.models import How, Index, Value
from partnerships.need.queries.reading import need_of, need_shares, share_together
from places.queries import UK_CODE, gazetteer
from tests.factories.need import described, table

pytestmark = pytest.mark.django_db

CUMBERLAND = ("E07000026", "E07000028", "E07000029")  # Allerdale, Carlisle, Copeland


def load(folder: Path, *rows: tuple[object, ...], columns: dict[str, str] | None = None, **given: object) -> Report:
    header = (columns or {"code": "code", "value": "value"}).values()
    return load_need(table(folder, rows, header), described(folder, columns, **given))


def value(code: str) -> Value:
    return Value.objects.get(place=code)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e7, allow_subnormal=False)), min_size=1, max_size=40))
def test_a_mean_lies_between_the_least_and_the_most_and_its_weights_sum_to_one(pairs):
    values, weights = zip(*pairs, strict=True)
    assert min(values) <= weighted_mean(values, weights) <= max(values)
    assert sum(shares_of(weights)) == pytest.approx(1)


def test_no_weight_is_below_nought():
    with pytest.raises(ValueError, match="below nought"):
        shares_of([1, -1])


def test_districts_that_merged_are_weighted_by_the_people_who_lived_in_each(tmp_path: Path):
    load(tmp_path, *zip(CUMBERLAND, (10, 20, 30), strict=True), geography="districts", year_of_codes=2016)
    cumberland = value("E06000063")
    assert cumberland.value == pytest.approx((96_422 * 10 + 107_524 * 20 + 70_603 * 30) / (96_422 + 107_524 + 70_603))
    assert (cumberland.how, cumberland.made_of) == (How.MEAN, ["Allerdale", "Carlisle", "Copeland"])
    assert cumberland.known == 1


def test_where_one_of_the_merged_has_no_number_it_says_for_how_many_people_it_is_known(tmp_path: Path):
    rows = zip(CUMBERLAND, (10, 20, ".."), strict=True)
    report = load(tmp_path, *rows, geography="districts", year_of_codes=2016)
    assert value("E06000063").known == pytest.approx((96_422 + 107_524) / 274_549)
    assert report.unmapped == [(4, "there is no number for “E07000029”.")]


def test_where_less_than_half_of_the_people_are_known_there_is_no_value(tmp_path: Path):
    report = load(tmp_path, ("E07000026", 10), ("E06000002", 5), geography="districts", year_of_codes=2016)
    assert set(Value.objects.values_list("how", flat=True)) <= {How.DIRECT, How.INSIDE}
    assert not Value.objects.filter(place="E06000063").exists()
    assert report.unmapped == [
        (2, "only 35 % of the people of Cumberland live where there is a number, so it has none.")
    ]


def test_one_district_that_is_most_of_a_place_speaks_for_it(tmp_path: Path):
    load(tmp_path, ("E07000205", 3), geography="districts", year_of_codes=2016)
    suffolk = value("E07000244")
    assert (suffolk.how, suffolk.value, suffolk.made_of) == (How.PREDECESSOR, 3, ["Suffolk Coastal"])
    assert 0.5 < suffolk.known < 0.52


def test_a_larger_area_gives_its_number_to_each_council_area_of_today(tmp_path: Path):
    load(tmp_path, ("Cumbria", 4), ("Kent", 5), columns={"name": "code", "value": "value"}, geography="own-areas")
    for code, name, number in (("E06000063", "Cumbria", 4), ("E06000064", "Cumbria", 4), ("E07000112", "Kent", 5)):
        one = value(code)
        assert (one.how, one.value, one.made_of) == (How.PART, number, [name])


def test_a_code_that_was_only_renewed_is_its_place(tmp_path: Path):
    load(tmp_path, ("E08000019", 5), ("e08000020 ", 6))  # Sheffield and Gateshead
    assert (value("E08000039").how, value("E08000037").value) == (How.DIRECT, 6)


def test_names_are_forgiven_their_dress(tmp_path: Path):
    names = [("Borough of Middlesbrough Council", 1), ("saint helens", 2), ("Bristol, City of", 3), ("Ynys Môn", 4)]
    load(tmp_path, *names, columns={"name": "who", "value": "value"})
    assert {code: value(code).value for code in ("E06000002", "E08000013", "E06000023", "W06000001")} == {
        "E06000002": 1,
        "E08000013": 2,
        "E06000023": 3,
        "W06000001": 4,
    }


def test_a_name_of_the_files_own_is_what_the_description_says(tmp_path: Path):
    areas = {"The Tees": ["E06000002", "E06000004"]}
    load(tmp_path, ("The Tees", 9), columns={"name": "who", "value": "value"}, geography="own-areas", areas=areas)
    assert [value(code).how for code in areas["The Tees"]] == [How.PART, How.PART]


TEES = [("E06000001", 20), ("E06000002", 40), ("E06000003", 30), ("E06000004", 10), ("E06000005", 10)]


def test_larger_places_get_the_mean_of_their_council_areas_by_people(tmp_path: Path):
    load(tmp_path, *TEES)
    gaz = gazetteer()
    people = {code: gaz[code].population or 0 for code, _number in TEES}
    tees_valley = next(place for place in gaz.of_kind("combined-authority") if place.name.startswith("Tees"))
    mean = value(tees_valley.code)
    assert mean.value == pytest.approx(sum(people[code] * number for code, number in TEES) / sum(people.values()))
    assert (mean.how, mean.known) == (How.INSIDE, 1)
    assert not Value.objects.filter(place="E12000001").exists(), "a quarter of the North East is too little"
    assert not Value.objects.filter(place=UK_CODE).exists()


@pytest.mark.parametrize(("higher_is", "most"), [("worse", "E06000002"), ("better", "E06000004")])
def test_rank_and_share_go_by_need_whichever_way_the_numbers_run(tmp_path: Path, higher_is: str, most: str):
    load(tmp_path, *TEES[:4], higher_is=higher_is)
    shares = need_shares("hardship", [code for code, _number in TEES])
    assert (shares[most], value(most).rank, value(most).of) == (1, 1, 4)
    assert sorted(shares.values()) == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_places_with_the_same_number_share_their_rank(tmp_path: Path):
    load(tmp_path, *TEES)
    for code in ("E06000004", "E06000005"):
        assert (value(code).rank, value(code).tied, value(code).share) == (4, True, 0.125)


def test_an_index_that_does_not_compare_nations_ranks_within_each(tmp_path: Path):
    load(tmp_path, *TEES[:2], ("W06000015", 90), ("W06000011", 80), across_nations=False)
    assert [(value(code).rank, value(code).of) for code in ("E06000002", "W06000015")] == [(1, 2), (1, 2)]
    assert value("W06000011").share == 0


def test_what_a_place_needs_is_read_in_one_query(tmp_path: Path, django_assert_num_queries):
    load(tmp_path, *TEES)
    with django_assert_num_queries(1):
        needs = need_of(gazetteer()["E06000002"])
    assert [(one.index, one.year, one.value, one.rank, one.of, one.share) for one in needs] == [
        ("hardship", 2024, 40, 1, 5, 1)
    ]
    index = Index.objects.get()
    with django_assert_num_queries(1):
        assert need_shares(index, ["E06000002", "S12000033"]) == {"E06000002": 1}


def test_every_ended_district_leads_to_a_council_area_of_today_that_succeeds_it():
    gaz = gazetteer()
    for district in ended_districts().values():
        assert gaz.resolve_code(district.code) == (district.today,), district
        assert district.people > 0
    counted = {code: sum(one.people for one in districts) for code, districts in made_of(2016).items()}
    assert counted == {code: sum(one.people for one in districts) for code, districts in made_of(2018).items()}
    assert counted["E06000060"] == 505_283, "Buckinghamshire at the Census of 2011"
    assert {one.code for one in made_of(2020)["E06000066"]} == {"E07000187", "E07000188", "E07000189", "E07000246"}


def test_several_places_together_have_the_mean_of_their_shares_by_people(tmp_path: Path):
    load(tmp_path, *TEES)
    gaz = gazetteer()
    two = {code: gaz[code].population or 0 for code in ("E06000001", "E06000002")}
    wanted = (two["E06000001"] * 0.5 + two["E06000002"] * 1) / sum(two.values())
    assert share_together("hardship", two) == pytest.approx(wanted)
    assert share_together("hardship", ["S12000033"]) is None
