"""A town is understood wherever somebody says where: its council area, its middle, and which of its namesakes."""

from __future__ import annotations

from time import perf_counter

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.domain.locating import locate, middle_of, namesakes
from places.forms import read_where, which_of_them
from places.postcodes import distance_miles, parse_postcode
from places.queries import UK_CODE, gazetteer
from places.towns import Town, towns

pytestmark = pytest.mark.django_db


def town(label: str) -> Town:
    found = {one.label: one for one in towns()}
    return found[label]


@pytest.mark.parametrize(
    ("typed", "near", "authority"),
    [
        ("Whitby", "Whitby", "North Yorkshire"),
        ("KENDAL", "Kendal", "Westmorland and Furness"),
        ("redcar", "Redcar", "Redcar and Cleveland"),
        ("Motherwell", "Motherwell", "North Lanarkshire"),
        ("Newry", "Newry", "Newry, Mourne and Down"),
        ("Aberystwyth", "Aberystwyth", "Ceredigion"),
        ("Brixton", "Brixton", "Lambeth"),
        ("whitbey", "Whitby", "North Yorkshire"),
        ("Penzanze", "Penzance", "Cornwall"),
        ("Saint Austell", "St Austell", "Cornwall"),
        ("St. Ives, Cornwall", "St Ives", "Cornwall"),
        ("Barrow in Furness", "Barrow-in-Furness", "Westmorland and Furness"),
        ("barrow", "Barrow-in-Furness", "Westmorland and Furness"),
        ("Berwick on Tweed", "Berwick-upon-Tweed", "Northumberland"),
        ("bishops stortford", "Bishop's Stortford", "East Hertfordshire"),
        ("Yr Wyddgrug", "Yr Wyddgrug", "Flintshire"),
        ("Mold", "Mold", "Flintshire"),
        ("y fenni", "Y Fenni", "Monmouthshire"),
        ("near Whitby", "Whitby", "North Yorkshire"),
        ("Kettering", "Kettering", "North Northamptonshire"),  # a town before a council that is no more
        ("Bath", "Bath", "Bath and North East Somerset"),
        ("Richmond, North Yorkshire", "Richmond", "North Yorkshire"),
        ("Richmond (Richmond upon Thames)", "Richmond", "Richmond upon Thames"),
        ("Kendal, Cumbria", "Kendal", "Westmorland and Furness"),
        ("Bangor Wales", "Bangor", "Gwynedd"),
        ("Newport, Shropshire", "Newport", "Telford and Wrekin"),  # near the middle of what it once lay in
    ],
)
def test_a_town_is_its_council_area_and_a_point_of_its_own(typed: str, near: str, authority: str) -> None:
    where = read_where(typed)
    assert (where.near, where.place.name) == (near, authority)
    assert where.point is not None
    assert not where.faults


def test_a_council_area_goes_before_a_town_of_its_name_which_is_offered_beside_it() -> None:
    where = read_where("Newport")
    assert (where.code, where.near) == ("W06000022", "")
    assert [spot.label for spot in where.perhaps] == ["Newport (Isle of Wight)", "Newport (Telford and Wrekin)"]
    assert read_where("Ashford").place.name == "Ashford"
    assert [read_where(name).near for name in ("Wrexham", "Leeds", "Durham", "Wales", "North East")] == [""] * 5


def test_namesakes_are_told_apart_and_the_larger_one_is_meant() -> None:
    where = read_where("Bangor")
    assert where.place.name == "Ards and North Down"
    assert [spot.label for spot in where.perhaps] == ["Bangor (Gwynedd)"]
    assert read_where("Bangor (Gwynedd)").typed == "Bangor (Gwynedd)"  # its own name alone would lead to the other
    assert which_of_them(where) == (
        "There is more than one Bangor. Which do you mean: Bangor (Ards and North Down); Bangor (Gwynedd)?"
    )
    assert which_of_them(read_where("Whitby")) == ""


def test_a_council_areas_own_town_is_where_its_distances_begin() -> None:
    lancaster, cambridge = (gazetteer().by_slug(slug) for slug in ("lancaster", "cambridge"))
    assert lancaster and cambridge
    assert distance_miles(middle_of(lancaster) or (0, 0), parse_postcode("LA1 1YN").position) < 2
    assert distance_miles(middle_of(cambridge) or (0, 0), parse_postcode("CB2 1TN").position) < 2
    assert middle_of(gazetteer()[UK_CODE]) is None


def test_a_part_of_an_address_is_used_and_said() -> None:
    where = read_where("12 High Street, Leeds")
    assert where.place.name == "Leeds"
    assert where.notes == ("We do not know “12 High Street, Leeds”. These are the results for Leeds.",)
    assert read_where("Southend, Essex").place.name == "Southend-on-Sea"


def test_a_county_is_answered_by_one_of_its_council_areas_with_all_the_others_beside() -> None:
    where = read_where("Kent")
    assert where.notes == ("Kent is made of several council areas. These are the results for one of them, Maidstone.",)
    assert {where.place.name, *(spot.label for spot in where.perhaps)} == {
        *("Ashford", "Canterbury", "Dartford", "Dover", "Folkestone and Hythe", "Gravesham", "Maidstone"),
        *("Sevenoaks", "Swale", "Thanet", "Tonbridge and Malling", "Tunbridge Wells"),
    }


@pytest.mark.parametrize("typed", ["xyzzyq", "(", ",,,", "()()", "\x00", "🙂", "ZZ1 1ZZ", "Nowhere, Nowhere"])
def test_what_is_no_place_is_said_in_a_sentence_and_kept(typed: str) -> None:
    where = read_where(typed)
    assert where.code == UK_CODE and where.typed == ""
    assert len(where.faults) == 1 and where.faults[0].endswith(".")
    assert where.shown == typed


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(st.text(max_size=200), st.text(alphabet="abeilnorst ,()-'&12", max_size=40)))
def test_any_text_gives_a_place_or_a_sentence(typed: str) -> None:
    where = read_where(typed)
    assert where.code in gazetteer()
    assert bool(where.faults) != bool(where.typed) or not typed.strip()
    assert all(spot.where for spot in where.perhaps)


def test_every_town_is_found_by_its_label_and_what_it_is_then_called_leads_back() -> None:
    for one in towns():
        where = read_where(one.where)
        assert where.code == one.authority_code, one
        if where.near:  # else it is the council area's own town
            again = read_where(where.typed)
            assert (where.point, again.point, again.typed) == (one.position, one.position, where.typed), one


def test_every_place_is_found_by_its_label() -> None:
    for place in gazetteer().places:
        assert read_where(place.label).code == place.code
        assert read_where(place.where).code == place.code


def test_looking_up_is_quick() -> None:
    locate("warm")
    started = perf_counter()
    for typed in ("Whitby", "whitbey", "kendal cumbria", "zzzzzzz", "north east"):
        locate(typed)
    assert perf_counter() - started < 0.5  # five of them; a millisecond each where nothing else runs


def test_the_where_box_is_offered_towns_under_their_heading(client: Client) -> None:
    results = client.get(reverse("place-suggest"), {"q": "whitby"}).json()["results"]
    named = {"code": "E06000065", "name": "Whitby (North Yorkshire)"}
    assert results == [{**named, "kind": "town", "slug": "", "group": "Towns"}]
    groups = [one["group"] for one in client.get(reverse("place-suggest"), {"q": "new"}).json()["results"]]
    assert len(groups) == 8 and groups == sorted(groups)  # places together, then towns


def test_the_list_of_a_town_is_its_council_areas_with_the_way_to_what_is_nearest(client: Client) -> None:
    page = client.get("/initiatives/", {"where": "whitby"}).content.decode()
    assert "Initiatives in North Yorkshire" in page and 'value="Whitby"' in page
    assert "Whitby is in North Yorkshire." in page
    assert 'href="/search/?where=Whitby&amp;sort=distance"' in page
    assert client.get("/places/", {"where": "Whitby"}).url == "/places/north-yorkshire/"


def test_organisations_are_listed_for_a_town_or_a_postcode(client: Client) -> None:
    for typed in ("Whitby", "YO21 3AA"):
        page = client.get("/organisations/", {"place": typed}).content.decode()
        assert "Organisations in North Yorkshire" in page
        assert "is in North Yorkshire." in page
    assert "We know no place called “Qwxz”." in client.get("/organisations/", {"place": "Qwxz"}).content.decode()


def test_only_one_of_its_name_has_no_namesakes() -> None:
    assert namesakes(town("Whitby (North Yorkshire)")) == ()
    assert len(namesakes(town("Richmond (North Yorkshire)"))) == 2
