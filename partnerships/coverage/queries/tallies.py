"""The numbers of one place from its kept rows and those of the places around it: two short queries at any size."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np
from django.db import connection

from partnerships.coverage.grid import (
    CELLS,
    STEP_AT,
    SUPPORT_AT,
    Measure,
    Numbers,
    Way,
    unpack_ending,
    unpack_tally,
)
from partnerships.coverage.models import Ending, Tally
from places.models import PlaceKind
from places.queries import PlaceFacts, gazetteer
from texts.months import month_of

HERE, PART, REGION, NATION, UK, ONLINE = "here", "part", "region", "nation", "uk", "online"
WAYS = (HERE, PART, REGION, NATION, UK, ONLINE)
NEAR = (HERE, PART, REGION)  # not from afar
AFAR = (NATION, UK, ONLINE)
NAMED = (HERE, PART)  # what names the place or a part of it, and is not online
_NAMED = (Way.WHOLE, Way.PART)
AROUND = {PlaceKind.REGION: REGION, PlaceKind.NATION: NATION, PlaceKind.UK: UK}  # what lies around a place, by way


@dataclass(frozen=True)
class WayNumbers:
    """What reaches a place in one way: cells × measures, and cells of those that end by the horizon."""

    cells: Numbers
    ending: Numbers


def no_numbers() -> WayNumbers:
    return WayNumbers(np.zeros((*CELLS, len(Measure)), dtype="<i8"), np.zeros(CELLS, dtype="<i8"))


def ways_of_place(place: PlaceFacts) -> tuple[str, ...]:
    """The ways in which something can reach a place of its kind, the nearest first."""
    own = {
        PlaceKind.AUTHORITY: (HERE,),
        PlaceKind.COMBINED_AUTHORITY: (PART,),
        PlaceKind.PRIORITY_AREA: (PART,),
    }.get(PlaceKind(place.kind), (HERE, PART))
    gaz = gazetteer()
    return (*own, *(way_around(code) for code in gaz.ancestors(place.code)), ONLINE)


def way_around(code: str) -> str:
    """The way in which what a region, a nation or the UK declares reaches the places in it."""
    return AROUND[PlaceKind(gazetteer()[code].kind)]


def numbers_of_place(place: PlaceFacts, until: datetime.date) -> dict[str, WayNumbers]:
    """Way → its numbers, for each way that fits the place. `until`: the horizon, the last day of a month."""
    found = {way: no_numbers() for way in ways_of_place(place)}
    cells = {way: numbers.cells for way, numbers in found.items()}
    ending = {way: numbers.ending for way, numbers in found.items()}
    wanted = [place.code, *gazetteer().ancestors(place.code)]
    for code, kept in tally_rows(wanted):
        give(cells, place.code, code, unpack_tally(kept))
    for code, kept in ending_rows(wanted, month_of(until)):
        give(ending, place.code, code, unpack_ending(kept))
    return found


def give(sums: dict[str, Numbers], wanted: str, code: str, kept: Numbers) -> None:
    """Add in place what a place's row gives: all of its own, of one around only what declares that very place."""
    if code == wanted:
        if HERE in sums:
            sums[HERE] += kept[Way.WHOLE]
        if PART in sums:
            sums[PART] += kept[Way.PART]
        sums[ONLINE] += kept[Way.PART_ONLINE]
    else:
        sums[way_around(code)] += kept[Way.WHOLE]
    sums[ONLINE] += kept[Way.WHOLE_ONLINE]


def tally_rows(codes: list[str]) -> list[tuple[str, bytes]]:
    """Written out: Django takes longer to put so short a question together than the database to answer it."""
    marks = ", ".join(["%s"] * len(codes))
    table = connection.ops.quote_name(Tally._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT place_id, cells FROM {table} WHERE place_id IN ({marks})", codes)  # noqa: S608  our own names only
        return [(code, cells) for code, cells in cursor.fetchall()]


def ending_rows(codes: list[str], month: int) -> list[tuple[str, bytes]]:
    marks = ", ".join(["%s"] * len(codes))
    table = connection.ops.quote_name(Ending._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place_id, cells FROM {table} WHERE place_id IN ({marks}) AND month <= %s",  # noqa: S608  likewise
            [*codes, month],
        )
        return [(code, cells) for code, cells in cursor.fetchall()]


def named_in(place: PlaceFacts, step: str, support: str) -> int:
    """How many initiatives that name the place or a part of it do this at this step, online work left out."""
    cell = (STEP_AT[step], SUPPORT_AT[support], Measure.COUNT)
    return sum(
        int(kept[way][cell])
        for _code, row in tally_rows([place.code])
        for kept in [unpack_tally(row)]
        for way in _NAMED
    )
