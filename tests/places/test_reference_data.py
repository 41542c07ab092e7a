"""The shipped places: complete, of today, and in line with the postcode directory."""

from __future__ import annotations

from collections import Counter

import pytest

from places.domain.loading import load_places
from places.domain.packing import NOWHERE
from places.models import FormerCode, Place, PlaceKind, PlaceName
from places.postcodes import letters
from places.queries import UK_CODE, Gazetteer, gazetteer

pytestmark = pytest.mark.django_db
OUTSIDE = {"L99999999", "M99999999"}  # the directory's codes for the Channel Islands and the Isle of Man


@pytest.fixture
def places() -> Gazetteer:
    return gazetteer()


def test_there_are_as_many_places_as_there_should_be(places: Gazetteer) -> None:
    assert Counter(place.kind for place in places.places) == {
        PlaceKind.UK: 1,
        PlaceKind.NATION: 4,
        PlaceKind.REGION: 9,
        PlaceKind.COMBINED_AUTHORITY: 15,
        PlaceKind.AUTHORITY: 361,
        PlaceKind.PRIORITY_AREA: 12 + 61,
    }


def test_authorities_divide_over_the_nations(places: Gazetteer) -> None:
    nations = {nation.name: len(places.authorities_in(nation.code)) for nation in places.of_kind(PlaceKind.NATION)}
    assert nations == {"England": 296, "Northern Ireland": 11, "Scotland": 32, "Wales": 22}
    assert len(places.authorities_in(UK_CODE)) == 361


def test_every_authority_in_the_postcode_directory_is_a_place_and_the_other_way_round(places: Gazetteer) -> None:
    used = {code for letter in letters() for code in letter.codes}
    authorities = {place.code for place in places.of_kind(PlaceKind.AUTHORITY)}
    assert used - authorities == OUTSIDE | {NOWHERE}
    assert authorities - used == set()


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("S12000046", "Glasgow"),
        ("S12000044", "North Lanarkshire"),
        ("E08000016", "Barnsley"),
        ("E08000019", "Sheffield"),
        ("E07000168", "North Yorkshire"),
        ("E07000191", "Somerset"),  # West Somerset, by way of Somerset West and Taunton
        ("E07000206", "East Suffolk"),
        ("E47000011", "North East Combined Authority"),
        ("E61000001", "London"),
    ],
)
def test_an_ended_code_leads_to_the_place_of_today(places: Gazetteer, old: str, today: str) -> None:
    assert [place.name for place in places.by_code(old)] == [today]


def test_an_ended_code_may_lead_to_several_places(places: Gazetteer) -> None:
    assert [place.name for place in places.by_code("E10000006")] == ["Cumberland", "Westmorland and Furness"]


def test_a_county_councils_code_leads_to_its_districts(places: Gazetteer) -> None:
    assert "Norwich" in {place.name for place in places.by_code("E10000020")}


@pytest.mark.parametrize("code", ["", "X", "E99999999", "\x00", "E06000002'--"])
def test_an_unknown_code_leads_nowhere(places: Gazetteer, code: str) -> None:
    assert places.by_code(code) == []


def test_every_ended_code_leads_to_a_place_and_no_current_one_is_called_ended(places: Gazetteer) -> None:
    old = set(FormerCode.objects.values_list("code", flat=True))
    assert len(old) >= 80
    assert all(places.by_code(code) for code in old)
    assert not old & {place.code for place in places.places}


def test_welsh_names_are_there_for_wales_and_its_authorities(places: Gazetteer) -> None:
    welsh = [place for place in places.of_kind(PlaceKind.AUTHORITY) if place.code.startswith("W")]
    assert all(place.name_cy for place in welsh)
    assert {"Ynys Môn", "Caerdydd", "Sir Ddinbych", "Abertawe"} <= {place.name_cy for place in welsh}


def test_every_place_but_the_kingdom_hangs_below_another(places: Gazetteer) -> None:
    for place in places.places:
        assert (place.parent_code is None) == (place.code == UK_CODE)
        if place.parent_code:
            assert places.ancestors(place.code)[-1] == UK_CODE


def test_the_way_up_from_an_authority(places: Gazetteer) -> None:
    assert places.ancestors("E06000002") == ("E12000001", "E92000001", UK_CODE)
    assert places.ancestors("W06000015") == ("W92000004", UK_CODE)
    assert set(places.closure_up("E06000002")) == {
        "E06000002", "E12000001", "E92000001", UK_CODE, "E47000006", "EIA-middlesbrough",
    }  # fmt: skip


def test_an_area_has_members_and_hangs_below_what_holds_them_all(places: Gazetteer) -> None:
    for kind in (PlaceKind.COMBINED_AUTHORITY, PlaceKind.PRIORITY_AREA):
        for area in places.of_kind(kind):
            assert area.parent_code
            assert area.member_codes
            assert set(area.member_codes) <= set(places.authorities_in(area.parent_code)), area.name
            assert all(area.code in places.areas_of(member) for member in area.member_codes)


def test_greater_lincolnshire_lies_in_two_regions_and_so_below_england(places: Gazetteer) -> None:
    area = places.by_slug("greater-lincolnshire-combined-authority")
    assert area is not None
    assert area.parent_code == "E92000001"
    assert len(area.member_codes) == 9


def test_priority_areas_are_told_apart_from_their_namesakes(places: Gazetteer) -> None:
    area = places.by_slug("opportunity-area-blackpool")
    assert area is not None
    assert (area.code, area.label) == ("OA-blackpool", "Blackpool (Opportunity Area)")
    programmes = Counter(place.programme for place in places.of_kind(PlaceKind.PRIORITY_AREA))
    assert programmes["Opportunity Area"] == 12
    assert programmes["Priority Education Investment Area"] == 24


def test_every_place_lies_in_the_united_kingdom_and_has_people(places: Gazetteer) -> None:
    for place in places.places:
        assert place.latitude and 49.8 < place.latitude < 61, place.name
        assert place.longitude and -8.2 < place.longitude < 1.8, place.name
        assert place.population and place.population > 2000, place.name


def test_loading_again_changes_nothing_and_mends_what_was_changed() -> None:
    def everything() -> list[list[tuple[object, ...]]]:
        tables = (Place, PlaceName, FormerCode, Place.members.through)
        return [list(table.objects.order_by("pk").values_list()) for table in tables]

    before = everything()
    load_places()
    assert everything() == before
    Place.objects.filter(code="E06000002").update(name="Middlesborough", population=1)
    Place.objects.get(code="E47000006").members.clear()
    load_places()
    place = gazetteer().get("E06000002")
    assert place is not None
    assert (place.name, place.population == 1) == ("Middlesbrough", False)
    assert len(gazetteer().authorities_in("E47000006")) == 5


def test_the_gazetteer_is_built_with_four_queries_and_then_asks_none(django_assert_num_queries: object) -> None:
    gazetteer.cache_clear()
    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture whose type pytest-django keeps private
        places = gazetteer()
    with django_assert_num_queries(0):  # type: ignore[operator]  # as above
        gazetteer().closure_up("E06000002")
        assert places.authorities_in("E92000001")
        assert places.by_slug("wales")


def test_an_empty_gazetteer_is_not_kept() -> None:
    Place.members.through.objects.all().delete()
    FormerCode.objects.all().delete()
    PlaceName.objects.all().delete()
    Place.objects.update(parent=None)
    Place.objects.all().delete()
    gazetteer.cache_clear()
    assert len(gazetteer()) == 0
    load_places()
    gazetteer()
    assert gazetteer().by_slug("wales") is not None
