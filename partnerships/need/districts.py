"""Districts that ended since 2016, when, what took their area, and how many people lived there.

`data/ended_districts.csv`: usual residents at the Census of 2011 (Office for National Statistics, Open Government
Licence 3.0). docs/decisions/0013 says why these and not postcodes.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "ended_districts.csv"
FIRST_YEAR = 2009  # the districts before are not kept


@dataclass(frozen=True, slots=True)
class Ended:
    """A district that was there from the year `since`, and no more in the year `until`; `people` lived in it."""

    code: str
    name: str
    since: int
    until: int
    people: int
    today: str

    def is_in(self, year: int) -> bool:
        """Whether it was there at the end of that year's March, when tables are made."""
        return self.since <= year < self.until


@cache
def ended_districts() -> Mapping[str, Ended]:
    """Every ended district by its code."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            Ended(
                code=row["code"],
                name=row["name"],
                since=int(row["since"]),
                until=int(row["until"]),
                people=int(row["population_2011"]),
                today=row["today"],
            )
            for row in csv.DictReader(file)
        ]
    return {row.code: row for row in rows}


def made_of(year: int) -> Mapping[str, tuple[Ended, ...]]:
    """Of today's council areas that were several districts in a year: which ones."""
    found: dict[str, list[Ended]] = defaultdict(list)
    for district in ended_districts().values():
        if district.is_in(year):
            found[district.today].append(district)
    return {code: tuple(districts) for code, districts in found.items()}


@cache
def since() -> Mapping[str, int]:
    """Of today's council areas that took over districts: the year from which they are there."""
    found: dict[str, int] = {}
    for district in ended_districts().values():
        found[district.today] = max(found.get(district.today, 0), district.until)
    return found
