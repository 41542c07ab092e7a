"""A place's broken chains as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from partnerships.chains.queries.broken import Breaks
from partnerships.chains.queries.candidates import MOST
from partnerships.chains.queries.showing import could_of, shown

COLUMNS = (
    *("place", "transition", "initiative", "organisation", "what is missing", "runs until", "address"),
    *(f"{name} {n}" for n in range(1, MOST + 1) for name in ("candidate", "its organisation", "what it would take")),
)
_AT_ONCE = 100
MOST_ROWS = 1_000


def exported(found: Breaks, root: str) -> Iterator[list[object]]:
    """Rows of COLUMNS: the first MOST_ROWS of the list, and a line that says so where it has more. `root`: what stands
    before an address."""
    rows = found.rows[:MOST_ROWS]
    near = could_of(found, rows)
    for start in range(0, len(rows), _AT_ONCE):
        for group in shown(found, rows[start : start + _AT_ONCE], AnonymousUser(), near):
            for row in group.rows:
                line: list[object] = [found.query.place.label, group.label, row.card.title, row.card.lead_name]
                line += [row.sentence, row.ends_on or "", f"{root}{row.card.url}"]
                for one in row.candidates:
                    line += [one.card.title, one.card.lead_name, " ".join(one.needs)]
                yield line + [""] * (len(COLUMNS) - len(line))
    if len(found.rows) > len(rows):
        told = {"some": len(rows), "all": len(found.rows)}
        last = _("The first %(some)d of %(all)d. Choose one step or a smaller place to have the others.") % told
        yield [last, *[""] * (len(COLUMNS) - 1)]
