"""A journey as a table for a spreadsheet: a row for each step and kind of support, and their totals."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.queries.journey import Journey
from partnerships.coverage.words import STATES, step_label, support_label, way_label


def columns(journey: Journey) -> list[str]:
    query = journey.query
    ways = [way_label(way, query.place, is_set=query.is_set) for way in journey.ways]
    return [
        *("place", "stage or transition", "support", "state", "initiatives", *ways),
        *("places a year where known", "initiatives that do not say", "of these places from near"),
        f"ending by {journey.until:%Y-%m-%d}",
        *("confirmed by", "as", "confirmed on", "lapses on", "note"),
    ]


def exported(journey: Journey) -> Iterator[list[object]]:
    """Rows of `columns`."""
    query = journey.query
    for step in (*query.steps, ""):
        for support in (*SUPPORTS, ""):
            cell = journey.cell(step, support)
            said = cell.confirmation
            yield [
                *(query.name, step_label(step), support_label(support), str(STATES[cell.state]), cell.count),
                *(journey.of_way(way, step, support) for way in journey.ways),
                *(cell.places, cell.unknown, cell.near_places, cell.ending),
                *(
                    (said.name, said.role, timezone.localtime(said.confirmed_at).date(), said.lapses_on, said.note)
                    if said
                    else ("", "", "", "", "")
                ),
            ]
