"""The national table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from partnerships.coverage.words import STATES, support_label
from partnerships.national.queries import National
from partnerships.national.words import step_words


def columns(found: National) -> list[str]:
    return [
        *("code", "place", "kind", "stage or transition", "support", "state", "initiatives", "from near", "from afar"),
        *(
            "places a year where known",
            "initiatives that do not say",
            "of these places from near",
            f"ending by {found.until:%Y-%m-%d}",
        ),
    ]


def exported(found: National) -> Iterator[list[object]]:
    """Rows of `columns`, in the order of the page."""
    step, support = step_words(found.query.step), support_label(found.query.support)
    for cell in found.cells:
        place = cell.place
        yield [
            *(place.code, place.label, place.kind, step, support, str(STATES[cell.state])),
            *(cell.count, cell.near, cell.afar, cell.places, cell.unknown, cell.near_places, cell.ending),
        ]
