"""Maps as pieces of SVG: steps, legends, links, circles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.boundaries.drawing import Point, Told, draw
from places.boundaries.reading import shape, shapes_in
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


def test_areas_of_which_the_same_is_told_are_one_link_with_one_name():
    region = Told("Teesside", "5 initiatives", "/a/", 5)
    drawn = draw({MIDDLESBROUGH: region, STOCKTON: region, HIGHLAND: Told("Highland", "2", "/h/", 2)}, name="Map")
    assert drawn.shapes.count("<a ") == 2 == drawn.links and drawn.shapes.count("<path") == 3
    assert drawn.shapes.count("<title>Teesside: 5 initiatives</title>") == 1
    assert drawn.names.count("Teesside") <= 1
    assert [row.words for row in drawn.legend] == ["2", "3 to 5"]


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


def test_names_lie_neither_under_circles_nor_over_each_other_nor_across_the_edge():
    """Of Wales at its own size, and of each name against all that are there when it appears as the map grows."""
    wales = [one.code for one in shapes_in(shape("W06000023").box.wider(1500)) if one.code.startswith("W")]
    told = {code: Told(f"Area {code}", "", "/") for code in wales}
    drawn = draw(told, name="Map", points=[Point((code,), 1 + n % 5, "/") for n, code in enumerate(wales[::2])])
    size = float(re.search(r'font-size="([\d.]+)"', drawn.names)[1])
    named = re.findall(r'translate\((-?\d+) (-?\d+)\)"><text class="map__disc n(\d+)" y="(-?\d+)">([^<]+)', drawn.names)
    circles = re.findall(r'translate\((-?\d+) (-?\d+)\)"><g class="map__disc"><circle r="([\d.]+)"', drawn.points)
    assert len(named) > 15 and len(circles) == len(wales[::2])
    names = [(int(x), int(y), int(level), int(drop), len(text) * 0.5 * size) for x, y, level, drop, text in named]
    for n, (x, y, level, drop, wide) in enumerate(names):
        zoom = level or 1 / 1.45
        foot = y + drop / zoom
        assert drawn.box.west <= x - wide / 2 / zoom and x + wide / 2 / zoom <= drawn.box.east
        for cx, cy, radius in ((int(a), int(b), float(r)) for a, b, r in circles):
            assert abs(cx - x) > (wide / 2) / zoom or abs(cy - (foot - size * 0.35 / zoom)) > float(radius) / zoom * 0.8
        for ox, oy, _level, other_drop, other_wide in names[:n]:
            assert (
                abs(ox - x) > (wide + other_wide) / 2 / zoom or abs(oy + other_drop / zoom - foot) > size * 0.7 / zoom
            )
