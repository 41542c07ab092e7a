"""Postcodes of four nations, offline; a wrong one gets a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.domain.projecting import GREAT_BRITAIN, IRELAND, Grid, to_latitude_longitude
from places.postcodes import PostcodeError, distance_miles, looks_like_postcode, parse_postcode


@pytest.mark.parametrize(
    ("postcode", "authority", "position"),
    [
        ("SW1A 1AA", "E09000033", (51.501, -0.1416)),  # Buckingham Palace
        ("CF10 1EP", "W06000015", (51.476, -3.179)),
        ("EH1 1YZ", "S12000036", (55.950, -3.193)),
        ("BT1 5GS", "N09000003", (54.5966, -5.9301)),  # Belfast City Hall
        ("BT48 6DQ", "N09000005", (54.996, -7.320)),  # Derry's Guildhall
        ("TR21 0LL", "E06000053", (49.915, -6.316)),
        ("ZE1 0LZ", "S12000027", (60.155, -1.145)),
        ("S1 2HH", "E08000039", (53.380, -1.470)),  # Sheffield Town Hall
    ],
)
def test_a_postcode_gives_its_authority_and_its_position(
    postcode: str, authority: str, position: tuple[float, float]
) -> None:
    facts = parse_postcode(postcode)
    assert (facts.postcode, facts.authority_code, facts.is_outward) == (postcode, authority, False)
    assert distance_miles(facts.position, position) < 0.62  # a kilometre


@pytest.mark.parametrize("typed", ["TS1 3BA", "ts13ba", " ts1  3ba ", "Ts1-3bA", "TS1 3B A", "TSI 3BA", "T51 3BA"])
def test_case_spaces_and_likely_slips_are_forgiven(typed: str) -> None:
    assert parse_postcode(typed).postcode == "TS1 3BA"


def test_a_nought_for_an_o_is_forgiven() -> None:
    assert parse_postcode("0X1 1BX").postcode == "OX1 1BX"


@pytest.mark.parametrize(
    ("outward", "authority"),
    [("TS1", "E06000002"), ("sw1a", "E09000033"), ("M1", "E08000003"), ("bt1", "N09000003"), ("CF10", "W06000015")],
)
def test_the_first_half_gives_the_middle_of_its_postcodes(outward: str, authority: str) -> None:
    facts = parse_postcode(outward)
    assert (facts.authority_code, facts.is_outward, facts.postcode) == (authority, True, outward.upper())


def test_the_first_half_lies_near_its_postcodes() -> None:
    assert distance_miles(parse_postcode("TS1").position, parse_postcode("TS1 3BA").position) < 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("XX1 1XX", "“XX1 1XX” is not a postcode in use. Check it, or choose a council area instead."),
        ("ts1 0qq", "“TS1 0QQ” is not a postcode in use. Check it, or choose a council area instead."),
        ("hello", "“HELLO” is not a postcode. One looks like TS1 3BA; or choose a council area instead."),
        ("IM1 1AA", "“IM1 1AA” is in the Isle of Man, outside the United Kingdom. Choose a council area instead."),
        ("JE2 3AB", "“JE2 3AB” is in the Channel Islands, outside the United Kingdom. Choose a council area instead."),
        ("AB11 3AG", "“AB11 3AG” is a postcode without a place of its own. Choose a council area instead."),
        ("", "Type a postcode, such as TS1 3BA, or the first half of one, such as TS1."),
        ("\x00", "Type a postcode, such as TS1 3BA, or the first half of one, such as TS1."),
        ("TS1 3BA" * 1000, "Type a postcode, such as TS1 3BA, or the first half of one, such as TS1."),
    ],
)
def test_a_wrong_postcode_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(PostcodeError) as caught:
        parse_postcode(typed)
    assert str(caught.value) == sentence


@settings(max_examples=400, deadline=None)
@given(typed=st.one_of(st.text(max_size=30), st.from_regex(r"[A-Za-z0-9 ]{1,9}", fullmatch=True)))
def test_any_text_is_a_postcode_or_gets_a_sentence(typed: str) -> None:
    try:
        facts = parse_postcode(typed)
    except PostcodeError as error:
        assert str(error).endswith(".")
    else:
        assert 49 < facts.latitude < 61
        assert parse_postcode(facts.postcode) == facts


@pytest.mark.parametrize(
    ("typed", "like"),
    [("ts1 3ba", True), ("TS1", True), ("TSI 3BA", True), ("Leeds", False), ("E06000002", False), ("", False)],
)
def test_a_postcode_is_told_from_a_name(typed: str, like: bool) -> None:
    assert looks_like_postcode(typed) is like


def test_london_lies_330_miles_from_edinburgh() -> None:
    assert distance_miles((51.5074, -0.1278), (55.9533, -3.1883)) == pytest.approx(332, abs=2)


@pytest.mark.parametrize(
    ("epsg", "grid", "points"),
    [
        (27700, GREAT_BRITAIN, [(90228, 10562), (447489, 1141910), (655000, 293000), (142346, 932778)]),
        (29903, IRELAND, [(333832, 374014), (243509, 416711), (364000, 358000), (205000, 310000)]),
    ],
)
def test_positions_agree_with_the_general_library(epsg: int, grid: Grid, points: list[tuple[int, int]]) -> None:
    transformer = pytest.importorskip("pyproj").Transformer.from_crs(epsg, 4326, always_xy=True)
    for easting, northing in points:
        longitude, latitude = transformer.transform(easting, northing)
        here = to_latitude_longitude(grid, easting, northing)
        assert distance_miles(here, (latitude, longitude)) < 5 / 1609


def test_all_postcodes_of_the_country_take_less_than_60_megabytes() -> None:
    program = (
        "import resource, sys\n"
        "from django.conf import settings\n"
        "settings.configure(USE_I18N=False)\n"
        "from places.postcodes import letters\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "count = sum(len(letter.authorities) for letter in letters())\n"
        "print(count, peak() - before)\n"
    )
    path = f"import sys; sys.path[:0] = {sys.path!r}\n"
    done = subprocess.run([sys.executable, "-c", path + program], capture_output=True, text=True, check=True)
    count, kilobytes = map(int, done.stdout.split())
    assert count > 2_700_000
    assert kilobytes < 60 * 1024
