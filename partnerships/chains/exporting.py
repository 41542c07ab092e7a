"""A place's broken chains as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from partnerships.chains.queries.broken import Breaks
from partnerships.chains.queries.candidates import MOST
from partnerships.chains.queries.showing import shown

COLUMNS = (
    *("place", "transition", "initiative", "organisation", "what is missing", "runs until", "address"),
    *(f"{name} {n}" for n in range(1, MOST + 1) for name in ("candidate", "its organisation", "what it would take")),
)
_AT_ONCE = 100


def exported(found: Breaks, root: str) -> Iterator[list[object]]:
    """Rows of COLUMNS, all of the list. `root`: what stands before an address."""
    for start in range(0, len(found.rows), _AT_ONCE):
        for group in shown(found, found.rows[start : start + _AT_ONCE], AnonymousUser()):
            for row in group.rows:
                line: list[object] = [found.query.place.label, group.label, row.card.title, row.card.lead_name]
                line += [row.sentence, row.ends_on or "", f"{root}{row.card.url}"]
                for one in row.candidates:
                    line += [one.card.title, one.card.lead_name, " ".join(one.needs)]
                yield line + [""] * (len(COLUMNS) - len(line))
