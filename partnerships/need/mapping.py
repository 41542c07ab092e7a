"""From the areas of an index to the council areas of today: by succession, weighted by people where they merged."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.need.description import Description
from partnerships.need.districts import FIRST_YEAR, ended_districts, made_of, since
from partnerships.need.faults import NeedRefused, at_line, refuse_all
from partnerships.need.finding import Finder, Found, Kind
from partnerships.need.means import weighted_mean
from partnerships.need.models import Geography, How
from partnerships.need.rows import Row
from places.queries import gazetteer

LEAST_KNOWN = 0.5  # of a place's people, for a value to be given to it
_MOST_UNKNOWN = 0.5  # of the rows: more, and the description has the wrong geography


@dataclass(frozen=True, slots=True)
class Mapped:
    """What an index says of one council area of today, and how it came."""

    value: float
    how: How
    made_of: tuple[str, ...]
    known: float
    published_rank: int | None = None


@dataclass
class Mapping:
    """All council areas that have a value, the rows that led nowhere, and the larger areas that were left out."""

    values: dict[str, Mapped] = field(default_factory=dict)
    unmapped: list[tuple[int, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    areas: int = 0  # rows with a number that led to a place


def map_rows(rows: Sequence[Row], description: Description) -> Mapping:
    """The rows on today's council areas. Raises NeedRefused where codes are another year's or rows contradict."""
    finder = Finder(gazetteer(), description)
    pairs = [(row, finder.find(row)) for row in rows]
    _check_years(pairs, description)
    mapping = Mapping()
    speaking: dict[str, list[tuple[Row, Found]]] = defaultdict(list)
    for row, found in pairs:
        if found.kind == Kind.LEFT_OUT or (found.kind == Kind.LARGER and description.geography != Geography.OWN):
            mapping.left_out.append(row.label)
        elif found.kind == Kind.UNKNOWN:
            mapping.unmapped.append((row.line, _("“%(name)s” is no area that we know.") % {"name": row.label}))
        elif row.value is None:
            mapping.unmapped.append((row.line, _("there is no number for “%(name)s”.") % {"name": row.label}))
        else:
            mapping.areas += 1
            for code in found.codes:
                speaking[code].append((row, found))
    _refuse_strangers(mapping, len(rows))
    _refuse_two(speaking)
    parts = made_of(description.year_of_codes)
    for code, those in sorted(speaking.items()):
        mapped = _mapped(those, sum(district.people for district in parts.get(code, ())))
        if mapped.known < LEAST_KNOWN:
            told = _("only %(known)d %% of the people of %(place)s live where there is a number, so it has none.")
            place = gazetteer()[code].name
            mapping.unmapped.append((those[0][0].line, told % {"known": round(100 * mapped.known), "place": place}))
        else:
            mapping.values[code] = mapped
    mapping.unmapped.sort()
    return mapping


def _mapped(those: Sequence[tuple[Row, Found]], people: int) -> Mapped:
    """One place's value; `people` lived in all districts that it was made of."""
    row, found = those[0]
    values = [row.value for row, _found in those if row.value is not None]
    if found.ended is None:
        how = How.DIRECT if found.kind == Kind.TODAY else How.PART
        return Mapped(values[0], how, () if how == How.DIRECT else (row.label,), 1.0, row.rank)
    weights = [found.ended.people for _row, found in those if found.ended]
    value = weighted_mean(values, weights)
    names = tuple(sorted(found.ended.name for _row, found in those if found.ended))
    known = min(1.0, sum(weights) / people)
    if len(those) == 1:
        return Mapped(value, How.PREDECESSOR, names, known, row.rank)
    return Mapped(value, How.MEAN, names, known)


def _refuse_two(speaking: dict[str, list[tuple[Row, Found]]]) -> None:
    """Only districts that merged may speak for one place together, and each of them once."""
    faults = []
    for code, those in speaking.items():
        if (two := _two_of_one(those, gazetteer()[code].name)) is not None:
            first, row, name = two
            told = _("“%(name)s” and “%(first)s” in line %(line)s are both %(place)s. Keep one of them.")
            words = {"name": row.label, "first": first.label, "line": first.line, "place": name}
            faults.append((row.line, told % words))
    refuse_all(faults)


def _two_of_one(those: Sequence[tuple[Row, Found]], place: str) -> tuple[Row, Row, str] | None:
    """Two rows that speak of the same area, and what it is called."""
    if len(those) > 1 and not all(found.ended for _row, found in those):
        return those[0][0], those[1][0], place
    districts: dict[str, Row] = {}
    for row, found in those:
        if found.ended and (first := districts.setdefault(found.ended.code, row)) is not row:
            return first, row, found.ended.name
    return None


def _refuse_strangers(mapping: Mapping, rows: int) -> None:
    unknown = len(mapping.unmapped)
    if unknown > _MOST_UNKNOWN * rows:
        told = _(
            "%(unknown)s of %(rows)s rows lead to no area that we know. Does the description name the right columns?"
        )
        raise NeedRefused(told % {"unknown": unknown, "rows": rows}, *(at_line(*one) for one in mapping.unmapped[:3]))


def _check_years(pairs: Sequence[tuple[Row, Found]], description: Description) -> None:
    """Raises NeedRefused where codes are of other years than the description says, with the year that would fit."""
    year = description.year_of_codes if description.geography != Geography.TODAY else datetime.date.max.year
    wrong = [(row.line, why) for row, found in pairs if (why := _why_not_in(year, row, found))]
    if not wrong:
        return
    fitting = fitting_year([found for _row, found in pairs])
    if fitting is None:
        refuse_all(wrong)
    number = ngettext("%(n)d area was not there", "%(n)d areas were not there", len(wrong)) % {"n": len(wrong)}
    told = _(
        "%(number)s in the year that the description says. All areas of this file were there in %(year)s: write "
        'geography = "districts" and year_of_codes = %(year)s.'
    )
    raise NeedRefused(told % {"number": number, "year": fitting}, *(at_line(*one) for one in sorted(wrong)[:3]))


def _why_not_in(year: int, row: Row, found: Found) -> str:
    """Why an area cannot be in a file of a year; nothing where it can."""
    if found.kind == Kind.ENDED and found.ended and not found.ended.is_in(year):
        if year >= found.ended.until:
            told = _("“%(name)s” ended in %(year)s; today it is part of %(place)s.")
            place = gazetteer()[found.ended.today].name
            return told % {"name": row.label, "year": found.ended.until, "place": place}
        return _("“%(name)s” is there only since %(year)s.") % {"name": row.label, "year": found.ended.since}
    if found.kind == Kind.TODAY and year < (began := since().get(found.codes[0], 0)):
        return _("“%(name)s” is there only since %(year)s.") % {"name": row.label, "year": began}
    return ""


def fitting_year(founds: Sequence[Found]) -> int | None:
    """The latest year in which all those areas were there; None where there was none."""
    ended = [found.ended for found in founds if found.ended]
    if not ended:
        return None
    changes = sorted({district.until for district in ended_districts().values()}, reverse=True)
    here = {found.codes[0] for found in founds if found.kind == Kind.TODAY}
    for year in (*(change - 1 for change in changes), FIRST_YEAR):
        if all(district.is_in(year) for district in ended) and all(since().get(code, 0) <= year for code in here):
            return year
    return None
