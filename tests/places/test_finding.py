"""A place is found however its name is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.domain.finding import find_places, resolve_place_text
from places.models import PlaceKind

pytestmark = pytest.mark.django_db
GRANTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "grants" / "community_fund_2021.json"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("middlesbrough", "Middlesbrough"),
        ("MIDDLESBROUGH", "Middlesbrough"),
        ("Middlesborough", "Middlesbrough"),
        ("midlesbro", "Middlesbrough"),
        ("birmingam", "Birmingham"),
        ("isle of angelsey", "Isle of Anglesey"),
        ("brighten", "Brighton and Hove"),
        ("Saint Helens", "St Helens"),
        ("St. Helens", "St Helens"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("telford and wrekin", "Telford and Wrekin"),
        ("Ynys Môn", "Isle of Anglesey"),
        ("ynys mon", "Isle of Anglesey"),
        ("caerdyd", "Cardiff"),
        ("cymru", "Wales"),
        ("kings lynn", "King's Lynn and West Norfolk"),
        ("Glasgow City Council", "Glasgow"),
        ("Shepway", "Folkestone and Hythe"),
        ("Western Isles", "Na h-Eileanan Siar"),
        ("Kingston upon Hull", "Hull"),
        ("Londonderry", "Derry City and Strabane"),
        ("tees val", "Tees Valley Combined Authority"),
        ("lond", "London"),
        ("E08000016", "Barnsley"),
        (" e06000002 ", "Middlesbrough"),
        ("Blackpool (Opportunity Area)", "Blackpool"),
    ],
)
def test_the_likeliest_place_comes_first(typed: str, name: str) -> None:
    assert find_places(typed)[0].name == name


def test_exact_names_come_before_beginnings_and_beginnings_before_slips() -> None:
    labels = [place.label for place in find_places("north east")]
    assert labels[:2] == ["North East (region)", "North East Combined Authority"]
    assert "North East Derbyshire" in labels[2:]


def test_a_county_gives_its_districts_and_an_ended_council_its_heirs() -> None:
    assert {"Maidstone", "Canterbury"} <= {place.name for place in find_places("Kent")}
    assert {place.name for place in find_places("Cumbria")} == {"Cumberland", "Westmorland and Furness"}


def test_kinds_and_the_limit_are_kept() -> None:
    only = find_places("blackpool", kinds=[PlaceKind.PRIORITY_AREA])
    assert {place.kind for place in only} == {PlaceKind.PRIORITY_AREA}
    assert len(find_places("a", limit=3)) == 3


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "zzzzqqqq", "🙂", "-"])
def test_what_is_no_name_finds_nothing(typed: str) -> None:
    assert find_places(typed) == []
    assert resolve_place_text(typed) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=400))
def test_any_text_may_be_asked(typed: str) -> None:
    assert len(find_places(typed)) <= 8
    resolve_place_text(typed)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Walcot, Bath, Bath and North East Somerset", "Bath and North East Somerset"),
        ("Preston, Tynemouth, North Tyneside", "North Tyneside"),  # not Lancashire's Preston
        ("Chase, Enfield North, Enfield", "Enfield"),
        ("Lawrence Hill, Bristol West, Bristol, City of", "Bristol"),
        ("Bobblestock, Hereford and South Herefordshire, Herefordshire, County of", "Herefordshire"),
        ("Annandale South, Dumfriesshire, Clydesdale and Tweeddale, Dumfries and Galloway", "Dumfries and Galloway"),
        ("Leith Walk, Edinburgh North and Leith, City of Edinburgh", "Edinburgh"),
        ("Wetheral & Corby, Carlisle, Carlisle", "Cumberland"),  # of 2021
        ("Northampton South", "West Northamptonshire"),  # a constituency alone
        ("Hillhead, Glasgow North", "Glasgow"),
        ("Kettering", "North Northamptonshire"),
        ("Bristol, City of", "Bristol"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("Sir Ddinbych - Denbighshire", "Denbighshire"),
        ("Abertawe - Swansea", "Swansea"),
        ("Oxford District", "Oxford"),
        ("Great Yarmouth District (B)", "Great Yarmouth"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
        ("London Borough of Camden", "Camden"),
        ("City of London", "City of London"),
        ("London", "London"),
        ("Blackpool", "Blackpool"),
        ("E07000210 Mole Valley District South East Coast", "Mole Valley"),
    ],
)
def test_the_last_part_decides_which_place_is_meant(text: str, name: str) -> None:
    place = resolve_place_text(text)
    assert place is not None
    assert place.name == name
    assert place.kind in (PlaceKind.AUTHORITY, PlaceKind.REGION)


@pytest.mark.parametrize("text", ["Cumbria", "Kent", "Somewhere", "Manchester, Somewhere", "Chesham and Amersham", ""])
def test_what_is_uncertain_is_left_open(text: str) -> None:
    assert resolve_place_text(text) is None


@pytest.mark.skipif(not GRANTS.exists(), reason="the shared data folder is not beside this checkout")
def test_real_places_of_grants_are_recognised() -> None:
    texts = [grant["location"] for grant in json.loads(GRANTS.read_text(encoding="utf-8")) if grant["location"]]
    found = [resolve_place_text(text) for text in texts]
    assert len(texts) - found.count(None) >= 383  # the other eight or so are constituencies alone
    assert {place.kind for place in found if place} == {PlaceKind.AUTHORITY}


def test_the_where_box_is_offered_places(client: Client) -> None:
    results = client.get(reverse("place-suggest"), {"q": "st helens"}).json()["results"]
    helens = {"code": "E08000013", "name": "St Helens", "kind": "authority", "slug": "st-helens", "group": "Places"}
    assert results[0] == helens


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 10_000, "'; --"])
def test_the_where_box_survives_any_input(client: Client, typed: str) -> None:
    response = client.get(reverse("place-suggest"), {"q": typed})
    assert response.status_code == 200
    assert response.json() == {"results": []}


def test_suggestions_are_only_read(client: Client) -> None:
    assert client.post(reverse("place-suggest"), {"q": "leeds"}).status_code == 405
