"""Growth as a picture: pipe `python -m tests.benchmarks search` into `python -m tests.benchmarks.drawing`.

Reads the benchmark's JSON lines, of as many engines as there are, and draws their "Growth search" figures: p95 by the
number of initiatives, both axes logarithmic. Engines differ by dash and mark as well as by colour.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 84, 170, 24, 56
TICKS = (1, 3, 10, 30, 100, 300, 1000)  # milliseconds
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "elasticsearch": "Elasticsearch"}
DASHES = {"sqlite": "", "postgresql": "7 5", "elasticsearch": "2 4"}
STYLE = """
svg { font: 14px system-ui, sans-serif; background: #fff; color: #1d2b2a }
text { fill: currentColor } .grid { stroke: currentColor; opacity: .18 } .mark { stroke: none }
.sqlite { stroke: #00695c; fill: #00695c } .postgresql { stroke: #9a4a00; fill: #9a4a00 }
.elasticsearch { stroke: #4b3fa7; fill: #4b3fa7 } polyline { fill: none !important; stroke-width: 2.5 }
@media (prefers-color-scheme: dark) {
svg { background: #14201f; color: #e8efee } .sqlite { stroke: #6fd0c0; fill: #6fd0c0 }
.postgresql { stroke: #f0a860; fill: #f0a860 } .elasticsearch { stroke: #b3a9ff; fill: #b3a9ff } }
"""
Growth = Mapping[str, Mapping[int, float]]


def read(lines: Iterable[str]) -> dict[str, dict[int, float]]:
    """Engine → size → milliseconds."""
    found = {}
    for line in lines:
        if not line.startswith("{"):  # what a command said beside them
            continue
        figure = json.loads(line)
        if figure["figure"].startswith("Growth search "):
            engine = figure["figure"].rsplit(" ", 1)[1]
            found[engine] = {int(size): float(value) for size, value in figure["milliseconds"].items()}
    return found


def draw(growth: Growth) -> str:
    sizes = sorted({size for values in growth.values() for size in values})
    most = max(value for values in growth.values() for value in values.values())
    ticks = [tick for tick in TICKS if tick < most * 3.3]

    def at(size: int, value: float) -> tuple[float, float]:
        across = (math.log(size) - math.log(sizes[0])) / (math.log(sizes[-1]) - math.log(sizes[0]))
        up = (math.log(max(value, ticks[0])) - math.log(ticks[0])) / (math.log(ticks[-1]) - math.log(ticks[0]))
        return round(LEFT + across * (WIDTH - LEFT - RIGHT), 1), round(
            HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM), 1
        )

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        '<title id="t">How long a search takes as the registry grows</title>',
        f'<desc id="d">{escape(_told(growth))}</desc>',
        f"<style>{STYLE}</style>",
    ]
    for tick in ticks:
        x, y = at(sizes[0], tick)
        parts.append(f'<line class="grid" x1="{x}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(f'<text x="{x - 10}" y="{y + 5}" text-anchor="end">{tick:,} ms</text>')
    for size in sizes:
        x, y = at(size, ticks[0])
        parts.append(f'<text x="{x}" y="{y + 22}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">initiatives</text>')
    for engine, values in growth.items():
        parts += _line(engine, [at(size, values[size]) for size in sorted(values)], values[max(values)])
    return "\n".join([*parts, "</svg>", ""])


def _line(engine: str, points: Sequence[tuple[float, float]], last: float) -> list[str]:
    drawn = " ".join(f"{x},{y}" for x, y in points)
    x, y = points[-1]
    return [
        f'<polyline class="{engine}" points="{drawn}" stroke-dasharray="{DASHES.get(engine, "")}"/>',
        *(f'<g class="{engine} mark">{_mark(engine, *point)}</g>' for point in points),
        f'<text x="{x + 12}" y="{y + 5}">{NAMES.get(engine, engine)} {last:,.0f} ms</text>',
    ]


def _mark(engine: str, x: float, y: float) -> str:
    if engine == "postgresql":
        return f'<rect x="{x - 5}" y="{y - 5}" width="10" height="10"/>'
    if engine == "elasticsearch":
        return f'<path d="M{x} {y - 7} l7 12 h-14 z"/>'
    return f'<circle cx="{x}" cy="{y}" r="5"/>'


def _told(growth: Growth) -> str:
    """The same in words."""
    lines = []
    for engine, values in growth.items():
        told = ", ".join(f"{values[size]:g} ms at {size:,}" for size in sorted(values))
        lines.append(f"{NAMES.get(engine, engine)}: {told}.")
    return "95 of 100 searches with every facet take no longer than this. " + " ".join(lines)


if __name__ == "__main__":
    sys.stdout.write(draw(read(sys.stdin)))
