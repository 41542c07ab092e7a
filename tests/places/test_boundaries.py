"""The shapes of the authorities: all there, as large as the public figures say, where they lie, side by side."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from pyproj import Transformer

from places.boundaries.reading import DATA, Box, Level, neighbours, shape, shapes
from places.models import PlaceKind
from places.queries import gazetteer
from tests.factories.shapes import Corner, Ring, area_of, edges_of, is_inside, rings_of, signed_area

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("level", list(Level))

# Land in square kilometres: Office for National Statistics, Standard Area Measurements, to mean high water.
LARGEST = {
    **{"S12000017": 25653, "E06000065": 8037, "S12000035": 6907, "S12000006": 6426, "S12000034": 6313},
    **{"S12000048": 5286, "W06000023": 5181, "E06000057": 5020, "S12000026": 4732, "E06000064": 3755},
    **{"E06000052": 3545, "E06000066": 3450, "E06000054": 3255, "E06000051": 3197, "S12000013": 3056},
    **{"E06000063": 3012, "N09000006": 2864, "W06000002": 2535, "E06000059": 2491, "E06000011": 2404},
}
ISLANDS = {"E06000046": 380, "W06000001": 712, "S12000013": 3056, "S12000023": 989, "S12000027": 1467}
LEAST_WATER = 100  # hectares: a hole that is smaller is a gap


@cache
def rings(level: Level) -> dict[str, list[Ring]]:
    codes = [place.code for place in gazetteer().of_kind(PlaceKind.AUTHORITY)]
    return {one.code: rings_of(one.path) for one in shapes(codes, level)}


@cache
def edges(level: Level) -> dict[tuple[Corner, Corner], list[str]]:
    found = defaultdict(list)
    for code, those in rings(level).items():
        for ring in those:
            for edge in edges_of(ring):
                found[edge].append(code)
    return dict(found)


def test_every_authority_of_today_has_a_shape_and_all_of_them_are_small():
    assert len(rings(Level.FAR)) == len(rings(Level.NEAR)) == 361
    assert DATA.stat().st_size < 400_000
    with pytest.raises(KeyError):
        shape("E12000001")


@BOTH
def test_the_twenty_largest_and_the_islands_are_as_large_as_the_public_figures_say(level):
    measured = {code: area_of(those) / 100 for code, those in rings(level).items()}
    assert set(sorted(measured, key=measured.get)[-20:]) == set(LARGEST)
    assert {code: measured[code] for code in LARGEST} == {
        code: pytest.approx(square_kilometres, rel=0.03) for code, square_kilometres in LARGEST.items()
    }
    assert {code: measured[code] for code in ISLANDS} == {
        code: pytest.approx(square_kilometres, rel=0.06) for code, square_kilometres in ISLANDS.items()
    }
    assert {code: shape(code, level).hectares for code in measured} == {
        code: pytest.approx(100 * square_kilometres, abs=1) for code, square_kilometres in measured.items()
    }


@BOTH
def test_neighbours_have_every_corner_of_their_border_in_common(level):
    every = edges(level)
    assert all(len(codes) == 1 for codes in every.values())
    shared = defaultdict(set)
    for (start, end), (code,) in every.items():
        for other in every.get((end, start), ()):
            assert other != code, "an edge within one authority"
            shared[code].add(other)
    if level == Level.NEAR:
        assert {code: tuple(sorted(shared[code])) for code in rings(level)} == {
            code: neighbours(code) for code in rings(level)
        }
    assert neighbours("E08000035") == ("E06000065", "E08000032", "E08000034", "E08000036")  # Leeds
    assert neighbours("E06000046") == neighbours("E12000001") == ()


@BOTH
def test_there_is_no_gap_between_neighbours(level):
    """What belongs to nobody is the sea around, or water of some size: Lough Neagh first of all."""
    every = edges(level)
    after = defaultdict(list)
    for start, end in every:
        if (end, start) not in every:
            after[start].append(end)
    sizes = [signed_area(loop) for loop in loops_of(after)]
    holes = [-size for size in sizes if size < 0]
    assert max(holes) == pytest.approx(38_300, rel=0.05)
    assert min(holes) >= LEAST_WATER
    assert sum(sizes) == pytest.approx(sum(area_of(those) for those in rings(level).values()))


def loops_of(after: dict[Corner, list[Corner]]) -> list[Ring]:
    """The rings that edges make; one that touches itself is taken as several."""
    loops = []
    while after:
        walk = [next(iter(after))]
        while walk:
            ends = after.get(walk[-1])
            if not ends:
                break
            end = ends.pop()
            if not ends:
                del after[walk[-1]]
            if end in walk:
                at = walk.index(end)
                loops.append(walk[at:])
                walk = walk[: at + 1]
            else:
                walk.append(end)
        assert len(walk) <= 1, "a border that ends"
    return loops


@BOTH
def test_no_two_borders_cross_so_nothing_overlaps(level):
    """With every edge's sides told apart (the tests above), areas overlap only where edges cross."""
    near = defaultdict(list)
    size = 24
    for start, end in edges(level):
        if start < end or (end, start) not in edges(level):
            (x0, y0), (x1, y1) = start, end
            for column in range(min(x0, x1) // size, max(x0, x1) // size + 1):
                for row in range(min(y0, y1) // size, max(y0, y1) // size + 1):
                    near[column, row].append((start, end))
    crossings = [
        (one, other)
        for those in near.values()
        for at, one in enumerate(those)
        for other in those[at + 1 :]
        if cross(*one, *other)
    ]
    assert crossings == []


def cross(a: Corner, b: Corner, c: Corner, d: Corner) -> bool:
    """Whether two edges have a point in common that is an end of neither."""

    def turn(p: Corner, q: Corner, r: Corner) -> int:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    if turn(a, b, c) * turn(a, b, d) >= 0:
        return False
    return turn(c, d, a) * turn(c, d, b) < 0


@BOTH
def test_each_lies_where_the_gazetteer_says(level):
    """Northern Ireland is on a grid of its own, and there too."""
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    at_sea, elsewhere = set(), set()
    for code, those in rings(level).items():
        place, one = gazetteer()[code], shape(code, level)
        east, north = to_grid.transform(place.longitude, place.latitude)
        x, y = east / 100, -north / 100
        holders = [other for other, theirs in rings(level).items() if holds(other, theirs, level, x, y)]
        if holders != [code]:
            (elsewhere if holders else at_sea).add(place.name)
        assert one.box.wider(40).meets(Box(int(x), int(y), int(x) + 1, int(y) + 1)), place.name
        assert is_inside(those, *one.middle), place.name
    assert len(at_sea) <= 12, at_sea  # the middle of the Isles of Scilly, of the Ards peninsula, …
    # Bristol has a part of the Severn, the others bend around another town: their middles are not in them.
    assert elsewhere <= {"Bristol", "North East Derbyshire", "Sefton"}


def holds(code: str, those: list[Ring], level: Level, x: float, y: float) -> bool:
    box = shape(code, level).box
    return box.west <= x <= box.east and box.north <= y <= box.south and is_inside(those, x, y)
