"""Maps as pieces of SVG: steps, legends, links, circles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.boundaries.drawing import Point, Told, draw
from places.boundaries.reading import shape
from places.boundaries.steps import STEPS, steps_of

MIDDLESBROUGH, STOCKTON, HIGHLAND = "E06000002", "E06000004", "S12000017"


@pytest.mark.parametrize(
    ("counts", "legend"),
    [
        ([], []),
        ([0, 0], ["none"]),
        ([0, 3, 3], ["none", "3"]),
        ([1, 2, 9], ["1", "2", "3 to 9"]),
        (list(range(1, 11)), ["1 to 2", "3 to 4", "5 to 6", "7 to 8", "9 to 10"]),
        ([12] * 90 + [13, 14, 15, 27], ["12", "13", "14", "15", "16 to 27"]),
        ([None, 0, 4], ["none", "4", "not known"]),
    ],
)
def test_the_legend_says_every_shade_in_words(counts, legend):
    assert [row.words for row in steps_of(counts).legend()] == legend


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), max_size=60))
def test_more_is_never_lighter_and_nothing_is_told_from_little_and_from_not_known(counts):
    steps = steps_of(counts)
    shades = [steps.css(count) for count in sorted(count for count in counts if count is not None)]
    assert shades == sorted(shades)
    assert {steps.css(0), steps.css(None)} == {"step-0", "step-unknown"}
    positive = {count for count in counts if count}
    assert not {steps.css(count) for count in positive} & {"step-0", "step-unknown"}
    assert len({steps.css(count) for count in positive}) == min(STEPS, len(positive))
    assert {row.css for row in steps.legend()} == {steps.css(count) for count in counts}


def test_each_shape_is_a_link_with_its_name_and_number():
    told = {
        MIDDLESBROUGH: Told("Middles<brough", "5 initiatives", "/a/?x=1&y=2", 5),
        STOCKTON: Told("Stockton-on-Tees", "none", "/b/", 0),
    }
    drawn = draw(
        told, name="Map", points=[Point((MIDDLESBROUGH, STOCKTON), 5, "/list/"), Point((STOCKTON,), 0, "/no/")]
    )
    links = re.findall(r'<a class="([^"]+)" href="([^"]+)"><title>([^<]+)</title><path d="([^"]+)"/></a>', drawn.shapes)
    assert links == [
        ("map__place step-3", "/a/?x=1&amp;y=2", "Middles&lt;brough: 5 initiatives", shape(MIDDLESBROUGH).path),
        ("map__place step-0", "/b/", "Stockton-on-Tees: none", shape(STOCKTON).path),
    ]
    assert "style=" not in drawn.shapes + drawn.points + drawn.around
    assert drawn.points.count("<circle") == 1 and ">5</text>" in drawn.points
    west, north, width, height = map(int, drawn.view_box.split())
    x, y = map(int, re.search(r"translate\((-?\d+) (-?\d+)\)", drawn.points).groups())
    assert west < x < west + width and north < y < north + height
    assert "<a" not in drawn.around and drawn.around.count("<path") >= 2


def test_a_single_place_has_its_neighbours_as_links_and_a_country_is_drawn_with_less_detail():
    told = {MIDDLESBROUGH: Told("Middlesbrough", "5", "/a/", 5)}
    beside = {STOCKTON: Told("Stockton-on-Tees", "2", "/b/", 2)}
    drawn = draw(told, name="Map", links_around=beside, shaded=False)
    assert 'class="map__place map__here"' in drawn.shapes
    assert 'class="map__place map__around" href="/b/"' in drawn.around
    assert drawn.links == 2 and drawn.legend == ()
    both = {**told, HIGHLAND: Told("Highland", "not known", "/h/")}
    wide = draw(both, name="Map")
    assert shape(HIGHLAND).path not in wide.shapes
    assert wide.has_unknown and "step-unknown" in wide.shapes
