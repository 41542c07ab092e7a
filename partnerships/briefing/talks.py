"""What of a place is worth a talk: its emptiest steps, in the order of how sure that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.queries.journey import Cell, Journey
from partnerships.coverage.states import State
from partnerships.coverage.words import step_label, support_label
from texts.vocabulary import Transition

MOST_TALKS = 3


@dataclass(frozen=True, slots=True)
class Talk:
    """A gap in a sentence, and the list that shows it."""

    what: str
    why: str
    url: str


def worth_a_talk(journey: Journey, *, most: int = MOST_TALKS) -> list[Talk]:
    """The first few gaps at transitions, one of each: none first, here or at all, then thin, then what nobody knows.

    Asks the database nothing. Of one place all needs are the same, so only what is there puts them in order.
    """
    found: dict[str, tuple[tuple[int, int, int], str, Cell]] = {}
    for number, (step, support, cell) in enumerate(_gaps(journey)):
        key = (_sureness(cell), bool(support), number)
        if step not in found or key < found[step][0]:
            found[step] = (key, support, cell)
    ordered = sorted(found.items(), key=lambda one: one[1][0])
    return [_talk(journey, step, support, cell) for step, (_key, support, cell) in ordered[:most]]


def _gaps(journey: Journey) -> Iterator[tuple[str, str, Cell]]:
    for step in Transition.values:
        for support in ("", *SUPPORTS):
            cell = journey.cell(step, support)
            if cell.state != State.COVERED:
                yield step, support, cell


def _sureness(cell: Cell) -> int:
    if cell.state == State.NONE:
        return 0
    if cell.is_confirmed_but_reached:
        return 1
    if cell.state == State.THIN:
        return 2 if cell.ending == cell.count else 3
    return 4


def _talk(journey: Journey, step: str, support: str, cell: Cell) -> Talk:
    what = step_label(step)
    if support:
        what = _("%(step)s, %(support)s") % {"step": what, "support": support_label(support).lower()}
    return Talk(what, _why(cell, date_format(journey.until)), journey.query.but(step=step, support=support).list_url)


def _why(cell: Cell, until: str) -> str:
    if cell.state == State.NONE:
        return _("somebody looked, and nobody does this here.")
    if cell.is_confirmed_but_reached:
        told = ngettext(
            "somebody looked, and nobody does this here; %(n)d reaches it from afar.",
            "somebody looked, and nobody does this here; %(n)d reach it from afar.",
            cell.count,
        )
        return told % {"n": cell.count}
    if cell.state == State.UNKNOWN:
        return _("nobody has said whether anyone does this. Who would know?")
    if cell.ending == cell.count:
        told = ngettext("the only one ends by %(day)s.", "all %(n)d end by %(day)s.", cell.count)
        return told % {"day": until, "n": cell.count}
    if cell.count == 1:
        return _("a single initiative.")
    return _("%(n)d reach it, all of them from afar.") % {"n": cell.count}
