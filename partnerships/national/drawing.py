"""The national map and the rows of its table, from the same cells. By hand, as 361 rows in a template take too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.coverage.asking import AFAR_ONLY, NEAR_ONLY, JourneyQuery
from partnerships.coverage.drawing import places_told
from partnerships.coverage.queries.across import PlaceCell
from partnerships.coverage.states import State
from partnerships.coverage.words import STATES
from partnerships.national.queries import National
from places.boundaries.drawing import Map, Told, draw
from places.boundaries.steps import LegendRow
from places.models import PlaceKind
from places.queries import gazetteer
from texts.slugs import page_of

_SHADES = {
    State.COVERED: (5, "step-5"),
    State.THIN: (2, "step-2"),
    State.NONE: (0, "step-0"),
    State.UNKNOWN: (None, "step-unknown"),
}


@dataclass(frozen=True, slots=True)
class ByState:
    """A map shaded by what is known of each place, with how many places are so."""

    numbers: Sequence[tuple[State, int]]  # of what is on the map

    @property
    def has_unknown(self) -> bool:
        return any(state == State.UNKNOWN for state, _number in self.numbers)

    def css(self, count: int | None) -> str:
        return "step-unknown" if count is None else f"step-{count}"

    def legend(self) -> list[LegendRow]:
        told = _("%(state)s: %(number)d")
        return [
            LegendRow(_SHADES[state][1], told % {"state": STATES[state], "number": number})
            for state, number in self.numbers
        ]


def map_of(found: National) -> Map | None:
    """The places that the table has, each a link to its list. None where there are none, and of priority areas: they
    lie over each other."""
    query = found.query
    if not found.cells or query.kind == PlaceKind.PRIORITY_AREA:
        return None
    gaz = gazetteer()
    by_state = query.shade == "state"
    told = {}
    for cell in found.cells:
        number = _SHADES[cell.state][0] if by_state else cell.count or (0 if cell.state == State.NONE else None)
        one = Told(cell.place.label, said_of(cell), found.list_of(cell).list_url, number)
        told.update(dict.fromkeys(gaz.authorities_in(cell.place.code), one))
    numbers = [(state, number) for state, number in found.totals if number and query.state in ("", state)]
    return (
        draw(told, name=_("What is known of each"), shading=ByState(numbers))
        if by_state
        else draw(told, name=_("Initiatives that reach each"))
    )


def said_of(cell: PlaceCell) -> str:
    """“thin, 1 initiative”."""
    if not cell.count:
        return str(STATES[cell.state])
    words = ngettext("%(state)s, %(n)d initiative", "%(state)s, %(n)d initiatives", cell.count)
    return words % {"state": STATES[cell.state], "n": cell.count}


def rows_of(found: National) -> SafeString:
    """Rows of the table: a place, its state, what reaches it, from near and from afar, places a year, what ends."""
    pieces = []
    states = {state: escape(str(label)) for state, label in STATES.items()}
    for cell in found.cells:
        place, query = cell.place, found.list_of(cell)
        places = places_told(cell.near, cell.near_places, cell.near_unknown)
        shown = str(cell.count or ("0" if cell.state == State.NONE else "?"))
        pieces.append(
            f'<tr><th scope="row"><a href="{page_of("journey", place.slug)}">{escape(place.label)}</a></th>'
            f'<td><span class="known known--{cell.state}">{states[cell.state]}</span></td>'
            f"{_linked(shown, query)}{_number(cell.near, query.but(way=NEAR_ONLY))}"
            f"{_number(cell.afar, query.but(way=AFAR_ONLY))}"
            f'<td class="number">{places}</td>{_number(cell.ending or 0, query.but(ending=True))}</tr>'
        )
    return SafeString("".join(pieces))


def _linked(shown: str, to: JourneyQuery) -> str:
    return f'<td class="number"><a href="{escape(to.list_url)}">{shown}</a></td>'


def _number(number: int, to: JourneyQuery) -> str:
    """A link where it is one of something."""
    return _linked(str(number), to) if number else '<td class="number">0</td>'
