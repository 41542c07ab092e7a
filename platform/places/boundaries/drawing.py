"""A map as pieces of SVG: shapes that are links, numbers in circles, pale neighbours, a legend in words.

What is told of each place is handed in, for places know nothing of what is registered in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from django.utils.safestring import SafeString

from places.boundaries.reading import Box, Level, Shape, box_of, shapes, shapes_in
from places.boundaries.steps import LegendRow, Steps, steps_of

_FAR_FROM = 3_000  # hectometres across, from which less detail is enough
_ROOM, _ROOM_FOR_NEIGHBOURS = 0.03, 0.45  # around what is shown, of its longer side
_LEAST_ROOM = 10
_LETTER = 0.02  # a name's size, of the map's width
_WIDE = 0.56  # a letter's width, of its size
NAMES_FROM = (0, 1, 2, 4, 8, 16)  # how many times larger the map is where a name begins to fit; at 0 on a phone, too
_ON_A_PHONE = 1.45  # how much larger letters are there, as static/places/map.css has it


@dataclass(frozen=True, slots=True)
class Told:
    """What a map tells of one place: its name, a number in words, where its link leads, and the number itself."""

    name: str
    words: str
    url: str
    count: int | None = None  # None: not known


@dataclass(frozen=True, slots=True)
class Point:
    """A number in a circle in the middle of an area, which leads to its list."""

    codes: tuple[str, ...]  # the authorities of the area
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Map:
    """What `places/parts/map.html` shows."""

    name: str
    about_points: str  # what the numbers in circles say
    box: Box
    shapes: SafeString
    around: SafeString
    points: SafeString
    names: SafeString
    legend: Sequence[LegendRow]
    links: int  # how many shapes are links
    has_unknown: bool

    @property
    def view_box(self) -> str:
        return f"{self.box.west} {self.box.north} {self.box.width} {self.box.height}"

    @property
    def unit(self) -> int:
        """A hundredth of its width."""
        return max(2, self.box.width // 100)

    @property
    def half(self) -> int:
        return self.unit // 2

    @property
    def is_tall(self) -> bool:
        return self.box.height > self.box.width


def draw(
    told: Mapping[str, Told],
    *,
    name: str,
    about_points: str = "",
    points: Sequence[Point] = (),
    links_around: Mapping[str, Told] | None = None,
    shaded: bool = True,
) -> Map:
    """A map of the authorities of which something is told; raises KeyError where a code is no authority's.

    What lies around them is pale; of `links_around` it is a link too. Without `shaded` one colour shows all of them,
    with more of what is around.
    """
    wanted = box_of(shapes(told))
    level = Level.FAR if max(wanted.width, wanted.height) > _FAR_FROM else Level.NEAR
    shown = shapes(told, level)
    box = box_of(shown)
    room = _ROOM if shaded else _ROOM_FOR_NEIGHBOURS
    box = box.wider(max(_LEAST_ROOM, round(room * max(box.width, box.height))))
    steps = steps_of(one.count for one in told.values())
    beside = links_around or {}
    around = [one for one in shapes_in(box, level) if one.code not in told]
    return Map(
        name=name,
        about_points=about_points,
        box=box,
        shapes=_links(shown, told, steps if shaded else None),
        around=_pale(one for one in around if one.code not in beside)
        + _links([one for one in around if one.code in beside], beside, None, "map__around"),
        points=_circles(points, level, box),
        names=_names([*shown, *(one for one in around if one.code in beside)], {**told, **beside}, points, box),
        legend=steps.legend() if shaded else (),
        has_unknown=shaded and steps.has_unknown,
        links=len(shown) + sum(one.code in beside for one in around),
    )


def _links(those: Sequence[Shape], told: Mapping[str, Told], steps: Steps | None, css: str = "map__here") -> SafeString:
    """By hand, as a template or `format_html` for each of 361 shapes would be most of a page's time."""
    pieces = []
    for form in those:
        one = told[form.code]
        shade = steps.css(one.count) if steps else css
        title = escape(f"{one.name}: {one.words}")
        link = (
            f'<a class="map__place {shade}" href="{escape(one.url)}"><title>{title}</title><path d="{form.path}"/></a>'
        )
        pieces.append(link)
    return SafeString("".join(pieces))


def _pale(those: Iterable[Shape]) -> SafeString:
    paths = "".join(f'<path d="{form.path}"/>' for form in those)
    return SafeString(f'<g class="map__around">{paths}</g>')


def _names(those: Sequence[Shape], told: Mapping[str, Told], points: Sequence[Point], box: Box) -> SafeString:
    """Each name where it fits within its area, below its circle if it has one. A class says from which size on, so that
    style sheets show it; links and the table say the same to whoever does not see it."""
    size = box.width * _LETTER
    most = max((point.count for point in points), default=0)
    below = {
        point.codes[0]: _radius(point.count, most, box) for point in points if len(point.codes) == 1 and point.count
    }
    pieces = []
    for form in those:
        name = told[form.code].name
        level = _from(len(name), form, size)
        if level is not None:
            drop = below[form.code] + size if form.code in below else size * 0.35
            x, y = form.middle
            text = f'<text class="map__disc n{level}" y="{drop:.0f}">{escape(name)}</text>'
            pieces.append(f'<g transform="translate({x} {y})">{text}</g>')
    return SafeString(f'<g class="map__names" font-size="{size:.1f}" aria-hidden="true">{"".join(pieces)}</g>')


def _from(letters: int, form: Shape, size: float) -> int | None:
    """How many times larger the map has to be for so many letters to fit; None where they never do."""
    side = sqrt(form.hectares)  # in hectometres, as a hectare is a square of one
    wide, high = min(form.box.width, 1.7 * side), min(form.box.height, side)
    needed = max(letters * _WIDE * size / wide, 1.3 * size / high)
    if needed * _ON_A_PHONE <= 1:
        return NAMES_FROM[0]
    return next((level for level in NAMES_FROM[1:] if needed <= level), None)


def _radius(count: int, most: int, box: Box) -> float:
    return box.width / 100 * (1.9 + 1.5 * sqrt(count / most))


def _circles(points: Sequence[Point], level: Level, box: Box) -> SafeString:
    """The largest first, so that small ones lie on top. Sizes go by the map's width."""
    most = max((point.count for point in points), default=0)
    unit = box.width / 100
    pieces = []
    for point in sorted(points, key=lambda point: -point.count):
        if point.count:
            x, y = _middle(shapes(point.codes, level))
            radius = _radius(point.count, most, box)
            pieces.append(
                f'<a class="map__point" href="{escape(point.url)}" tabindex="-1" aria-hidden="true">'
                f'<g transform="translate({x} {y})"><g class="map__disc"><circle r="{radius:.1f}"/>'
                f'<text font-size="{unit * 2.4:.1f}" dy=".35em">{point.count}</text></g></g></a>'
            )
    return SafeString("".join(pieces))


def _middle(those: Sequence[Shape]) -> tuple[int, int]:
    """The middle of an area's authorities, weighted by their ground."""
    ground = sum(one.hectares for one in those)
    x, y = (sum(one.middle[axis] * one.hectares for one in those) / ground for axis in (0, 1))
    return round(x), round(y)
