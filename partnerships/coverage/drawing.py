"""A journey as rows of stones: filled where support exists, open where it does not. Written by hand, as a template
for each of two hundred stones would be most of a page's time."""

from __future__ import annotations

from html import escape

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.queries.journey import Cell, Journey
from partnerships.coverage.states import State
from partnerships.coverage.words import STATES, step_name, support_label, support_name
from texts.vocabulary import Stage

_PEBBLES = 4  # shapes, so that no two neighbours look stamped
_SIZES = ((10, 4), (5, 3), (2, 2), (0, 1))  # from so many on, which size


class _Sayings:
    """The words of a page's cells, put into the language once and not two hundred times."""

    def __init__(self, journey: Journey) -> None:
        self.capacity_of = journey.capacity
        self.states = {state: str(label) for state, label in STATES.items()}
        self.until = date_format(journey.until)
        self.places = _("%s places a year")
        self.at_least = _("at least %s places a year")
        self.unsaid = _("places not said")
        self.ends = _("%(n)d ending by %(day)s")
        self.one, self.more = (
            ngettext("%d initiative", "%d initiatives", 1),
            ngettext("%d initiative", "%d initiatives", 2),
        )

    def of(self, cell: Cell) -> str:
        """“thin, 1 initiative, 40 places a year”, “thin: 1 from afar; nobody here, confirmed”."""
        parts = [state_told(cell) if cell.is_confirmed_but_reached else self.states[cell.state]]
        if cell.count and not cell.is_confirmed_but_reached:
            parts.append((self.one if cell.count == 1 else self.more) % cell.count)
        parts += self.capacity(cell)
        if cell.ending:
            parts.append(self.ends % {"n": cell.ending, "day": self.until})
        return ", ".join(parts)

    def capacity(self, cell: Cell) -> list[str]:
        """Nothing where there is nothing whose places could be shown."""
        number, places, unknown = self.capacity_of(cell)
        if unknown == number:
            return [self.unsaid] if number else []
        return [(self.at_least if unknown else self.places) % f"{places:,}"]


def picture(journey: Journey) -> SafeString:
    """One list item a step, in it the step's total and a stone for each kind of support."""
    query = journey.query
    link, sayings = _Links(journey), _Sayings(journey)
    names = {support: escape(support_name(support)) for support in SUPPORTS}
    pieces = []
    for number, step in enumerate(query.steps):
        total = journey.cell(step)
        kind = "stage" if step in Stage.values else "transition"
        pieces.append(
            f'<li class="life__step life__step--{kind}"><p class="life__name">'
            f'<a href="{link(step)}">{escape(step_name(step))} '
            f'<b>{total.count}</b></a></p><ul class="life__cells">'
        )
        for row, support in enumerate(SUPPORTS):
            cell = journey.cell(step, support)
            pieces.append(_stone(cell, link(step, support), names[support], escape(sayings.of(cell)), number + row))
        pieces.append("</ul></li>")
    return SafeString("".join(pieces))


def shown(cell: Cell) -> str:
    """The number; where nothing is there, whether that is known."""
    return str(cell.count or ("0" if cell.state == State.NONE else "?"))


def state_told(cell: Cell) -> str:
    """“covered”; “thin: 1 from afar; nobody here, confirmed” where both are so."""
    if not cell.is_confirmed_but_reached:
        return str(STATES[cell.state])
    told = {"state": STATES[cell.state], "n": cell.count}
    return _("%(state)s: %(n)d from afar; nobody here, confirmed") % told


def places_told(number: int, places: int, unknown: int) -> SafeString:
    """Places a year of so many initiatives, for a cell of a table; a dash where each of them does not say."""
    if number and unknown == number:
        return format_html('<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>', _("not said"))
    return SafeString(f"{places:,}")


def _stone(cell: Cell, link: str, name: str, said: str, number: int) -> str:
    """`name` and `said` are escaped already."""
    size = next(size for least, size in _SIZES if cell.count >= least)
    ends = " pebble--ends" if cell.ending else ""
    return (
        f'<li><a class="pebble pebble--{cell.state} pebble--{size}{ends}" href="{link}" title="{name}: {said}">'
        f'<svg viewBox="0 0 100 64" aria-hidden="true"><use href="#pebble-{number % _PEBBLES}"/></svg>'
        f'<span class="pebble__count">{shown(cell)}</span> <span class="pebble__name">{name}</span>'
        f'<span class="visually-hidden">: {said}</span></a></li>'
    )


class _Links:
    """Addresses of lists, put together by hand: each page has four hundred."""

    def __init__(self, journey: Journey) -> None:
        query = journey.query
        self._base = escape(query.but(step="", support="", ending=False, way="").list_url)
        self._joined = "&amp;" if "?" in self._base else "?"
        self._way = query.way

    def __call__(self, step: str = "", support: str = "", *, way: str | None = None, ending: bool = False) -> str:
        """`way`: as the page was asked, unless another is named."""
        asked = (
            f"step={step}" if step else "",
            f"support={support}" if support else "",
            f"way={way or self._way}" if way or self._way else "",
            "ending=1" if ending else "",
        )
        given = "&amp;".join(filter(None, asked))
        return f"{self._base}{self._joined}{given}" if given else self._base


def labels() -> list[str]:
    """The kinds of support, in full, for the side of the picture."""
    return [support_label(support) for support in SUPPORTS]


def table_body(journey: Journey) -> SafeString:
    """Rows of kinds of support, a column for each step and one for all of them: the picture's figures."""
    link = _Links(journey)
    states = {state: escape(str(label)) for state, label in STATES.items()}
    endings, places = _("%d ending"), _("%s places")
    pieces = []
    for support in (*SUPPORTS, ""):
        pieces.append(f'<tr><th scope="row">{escape(support_label(support))}</th>')
        for step in (*journey.query.steps, ""):
            cell = journey.cell(step, support)
            capacity = journey.capacity(cell)[1]
            more = f"<small>{places % f'{capacity:,}'}</small>" if capacity else ""
            state = escape(state_told(cell)) if cell.is_confirmed_but_reached else states[cell.state]
            if cell.ending:
                more += f'<small><a href="{link(step, support, ending=True)}">{endings % cell.ending}</a></small>'
            pieces.append(
                f'<td class="cell cell--{cell.state}"><a href="{link(step, support)}">{shown(cell)}</a>'
                f'<span class="visually-hidden"> {state}</span>{more}</td>'
            )
        pieces.append("</tr>")
    return SafeString("".join(pieces))


def ways_body(journey: Journey) -> SafeString:
    """Rows of steps: all that reach the place, each way, how many places, how many end; each number a link."""
    query = journey.query
    link = _Links(journey)
    pieces = []
    for step in (*query.steps, ""):
        pieces.append(f'<tr><th scope="row">{escape(step_name(step))}</th>')
        for way in journey.ways:
            pieces.append(_number(journey.of_way(way, step), link(step, way=way)))
        cell = journey.cell(step)
        capacity = journey.capacity(cell)
        pieces.append(f'<td class="number">{places_told(*capacity)}</td><td class="number">{capacity[2]}</td>')
        pieces.append(f"{_number(cell.ending, link(step, ending=True))}</tr>")
    return SafeString("".join(pieces))


def _number(number: int, link: str) -> str:
    return f'<td class="number"><a href="{link}">{number}</a></td>' if number else '<td class="number none">0</td>'


def strip(journey: Journey) -> SafeString:
    """One list item a step, in it a stone for all kinds of support together: the journey in a single row."""
    link, sayings = _Links(journey), _Sayings(journey)
    stones = (
        _stone(journey.cell(step), link(step), escape(step_name(step)), escape(sayings.of(journey.cell(step))), number)
        for number, step in enumerate(journey.query.steps)
    )
    return SafeString("".join(stones))
