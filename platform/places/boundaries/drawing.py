"""A map as pieces of SVG: shapes that are links, numbers in circles, pale neighbours, a legend in words.

What is told of each place is handed in, for places know nothing of what is registered in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt

from django.utils.safestring import SafeString

from places.boundaries.naming import Circle, names
from places.boundaries.reading import Box, Level, Shape, box_of, shapes, shapes_in
from places.boundaries.steps import LegendRow, Shading, steps_of

_FAR_FROM = 3_000  # hectometres across, from which less detail is enough
_ROOM, _ROOM_FOR_NEIGHBOURS = 0.03, 0.45  # around what is shown, of its longer side
_LEAST_ROOM = 10


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
    shading: Shading | None = None,
) -> Map:
    """A map of the authorities of which something is told; raises KeyError where a code is no authority's.

    Those of which the very same is told are one shape: a region. `shading`: by what, if not by steps of their numbers.

    What lies around them is pale; of `links_around` it is a link too. Without `shaded` one colour shows all of them,
    with more of what is around.
    """
    wanted = box_of(shapes(told))
    level = Level.FAR if max(wanted.width, wanted.height) > _FAR_FROM else Level.NEAR
    shown = shapes(told, level)
    box = box_of(shown)
    room = _ROOM if shaded else _ROOM_FOR_NEIGHBOURS
    box = box.wider(max(_LEAST_ROOM, round(room * max(box.width, box.height))))
    steps = shading or steps_of(told[forms[0].code].count for forms in _alike(shown, told))
    beside = links_around or {}
    around = [one for one in shapes_in(box, level) if one.code not in told]
    circles = _circles(points, level, box)
    called = {code: one.name for code, one in {**told, **beside}.items()}
    return Map(
        name=name,
        about_points=about_points,
        box=box,
        shapes=_links(shown, told, steps if shaded else None),
        around=_pale(one for one in around if one.code not in beside)
        + _links([one for one in around if one.code in beside], beside, None, "map__around"),
        points=_drawn(circles, box),
        names=names(
            [*map(_together, _alike(shown, told)), *(one for one in around if one.code in beside)],
            called,
            [circle for _point, circle in circles],
            box,
        ),
        legend=steps.legend() if shaded else (),
        has_unknown=shaded and steps.has_unknown,
        links=len(_alike(shown, told)) + sum(one.code in beside for one in around),
    )


def _alike(those: Sequence[Shape], told: Mapping[str, Told]) -> list[list[Shape]]:
    """Shapes of which the very same is told, together."""
    found: dict[int, list[Shape]] = {}
    for form in those:
        found.setdefault(id(told[form.code]), []).append(form)
    return list(found.values())


def _together(forms: Sequence[Shape]) -> Shape:
    """Where the name of several fits: their middle, ground and box, without a path."""
    if len(forms) == 1:
        return forms[0]
    return Shape(forms[0].code, "", sum(form.hectares for form in forms), _middle(forms), box_of(forms))


def _links(
    those: Sequence[Shape], told: Mapping[str, Told], steps: Shading | None, css: str = "map__here"
) -> SafeString:
    """By hand, as a template or `format_html` for each of 361 shapes would be most of a page's time."""
    pieces = []
    for forms in _alike(those, told):
        one = told[forms[0].code]
        shade = steps.css(one.count) if steps else css
        title = escape(f"{one.name}: {one.words}")
        paths = "".join(f'<path d="{form.path}"/>' for form in forms)
        pieces.append(f'<a class="map__place {shade}" href="{escape(one.url)}"><title>{title}</title>{paths}</a>')
    return SafeString("".join(pieces))


def _pale(those: Iterable[Shape]) -> SafeString:
    paths = "".join(f'<path d="{form.path}"/>' for form in those)
    return SafeString(f'<g class="map__around">{paths}</g>')


def _radius(count: int, most: int, box: Box) -> float:
    return box.width / 100 * (1.9 + 1.5 * sqrt(count / most))


def _circles(points: Sequence[Point], level: Level, box: Box) -> list[tuple[Point, Circle]]:
    """The largest first, so that small ones lie on top. Sizes go by the map's width."""
    most = max((point.count for point in points), default=0)
    return [
        (
            point,
            Circle(
                *_middle(shapes(point.codes, level)),
                _radius(point.count, most, box),
                point.codes[0] if len(point.codes) == 1 else "",
            ),
        )
        for point in sorted(points, key=lambda point: -point.count)
        if point.count
    ]


def _drawn(circles: Sequence[tuple[Point, Circle]], box: Box) -> SafeString:
    unit = box.width / 100
    pieces = [
        f'<a class="map__point" href="{escape(point.url)}" tabindex="-1" aria-hidden="true">'
        f'<g transform="translate({at.x} {at.y})"><g class="map__disc"><circle r="{at.radius:.1f}"/>'
        f'<text font-size="{unit * 2.4:.1f}" dy=".35em">{point.count}</text></g></g></a>'
        for point, at in circles
    ]
    return SafeString("".join(pieces))


def _middle(those: Sequence[Shape]) -> tuple[int, int]:
    """The middle of an area's authorities, weighted by their ground."""
    ground = sum(one.hectares for one in those)
    x, y = (sum(one.middle[axis] * one.hectares for one in those) / ground for axis in (0, 1))
    return round(x), round(y)
