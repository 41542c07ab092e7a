"""Registries for journeys: random ones, and what a person with a pencil would count in them."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import strategies as st

from initiatives.models import Initiative
from partnerships.coverage.grid import horizon
from partnerships.coverage.queries.tallies import HERE, NATION, ONLINE, PART, REGION, UK
from places.models import PlaceKind
from places.queries import gazetteer
from tests.factories.initiatives import CARDIFF, ENGLAND, HARTLEPOOL, MIDDLESBROUGH, NORTH_EAST, WALES
from tests.factories.initiatives import UK as UK_CODE
from texts.vocabulary import Reach, Stage, Support, Transition

BARROW = "E07000027"  # is Westmorland and Furness since 2023
CUMBRIA = "E10000006"  # became two
NORTHAMPTON = "E07000154"
TEES_VALLEY = "E47000006"
LONDON = "E12000007"

_REACH = st.one_of(
    st.tuples(
        st.just(Reach.AUTHORITIES),
        st.sets(
            st.sampled_from([MIDDLESBROUGH, HARTLEPOOL, CARDIFF, "E09000001", "S12000033", BARROW, NORTHAMPTON]),
            min_size=1,
            max_size=4,
        ),
    ),
    st.tuples(st.just(Reach.REGION), st.sampled_from([{NORTH_EAST}, {LONDON}, {CUMBRIA}])),
    st.tuples(st.just(Reach.NATION), st.sampled_from([{ENGLAND}, {WALES}, {ENGLAND, WALES}])),
    st.tuples(st.just(Reach.UK), st.just(set())),
    st.tuples(st.just(Reach.ONLINE), st.sampled_from([set(), {ENGLAND}, {WALES, MIDDLESBROUGH}])),
    st.tuples(st.just(Reach.AUTHORITIES), st.sampled_from([set(), {NORTH_EAST, MIDDLESBROUGH, CARDIFF}])),
)
_DAYS = st.one_of(st.none(), st.integers(-40, 400))


@dataclass(frozen=True)
class Row:
    """What is registered, as places name themselves then: codes may be former ones."""

    reach: str
    codes: frozenset[str]
    stages: frozenset[str]
    transitions: frozenset[str]
    support: frozenset[str]
    capacity: int | None
    ends_in: int | None
    status: str
    live: bool
    freshness: str = field(default="fresh")

    @property
    def today_codes(self) -> set[str]:
        """Former codes by what took their place, as every door of the registry resolves them."""
        return {code for asked in self.codes for code in gazetteer().resolve_code(asked)}

    def values(self, today: datetime.date) -> dict[str, object]:
        ends_on = today + datetime.timedelta(days=self.ends_in) if self.ends_in is not None else None
        return {
            "reach": self.reach,
            "stages": sorted(self.stages),
            "transitions": sorted(self.transitions),
            "support": sorted(self.support),
            "capacity": self.capacity,
            "ends_on": ends_on,
            "status": self.status,
            "live": self.live,
            "freshness": self.freshness,
        }


def some(words: type) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words.values), max_size=3)  # type: ignore[attr-defined]  # TextChoices


ROWS = st.builds(
    lambda reach, **rest: Row(reach[0], frozenset(reach[1]), **rest),
    reach=_REACH,
    stages=some(Stage),
    transitions=some(Transition),
    support=some(Support),
    capacity=st.one_of(st.none(), st.integers(0, 500), st.just(2_000_000_000)),
    ends_in=_DAYS,
    status=st.sampled_from(["running", "running", "paused", "ended", "rejected"]),
    live=st.sampled_from([True, True, True, False]),
    freshness=st.sampled_from(["fresh", "fresh", "stale", "hidden"]),
)

Plain = dict[tuple[str, str, str], tuple[int, int, int, int]]


def plain_count(made: list[tuple[Initiative, Row]], place: str, today: datetime.date) -> Plain:
    """(Way, step, support) → initiatives, places, unknown, ending: counted one by one, from what was registered."""
    return _plain(made, {place}, today, inside=True)


def plain_count_of_set(made: list[tuple[Initiative, Row]], places: set[str], today: datetime.date) -> Plain:
    """The same of several authorities together."""
    return _plain(made, places, today, inside=False)


def _plain(made: list[tuple[Initiative, Row]], places: set[str], today: datetime.date, *, inside: bool) -> Plain:
    found: dict[tuple[str, str, str], Counter[str]] = {}
    for _initiative, row in made:
        way = _way(row, places, inside=inside)
        if way:
            _count(found, way, row, today)
    return {key: (c["count"], c["places"], c["unknown"], c["ending"]) for key, c in found.items()}


def _way(row: Row, places: set[str], *, inside: bool) -> str:
    if not row.live or row.status not in ("running", "paused") or row.freshness == "hidden":
        return ""
    gaz = gazetteer()
    declared = row.today_codes
    if row.reach == Reach.UK or (row.reach == Reach.ONLINE and not declared):
        declared = {UK_CODE}
    declared = {code for code in declared if not declared & set(gaz.ancestors(code))}
    above = {code for place in places for code in gaz.ancestors(place)}
    ways = []
    if declared & places:
        ways.append(HERE)
    if inside and (UK_CODE in places or any(places & {*gaz.ancestors(code), *gaz.areas_of(code)} for code in declared)):
        ways.append(PART)
    kinds = {PlaceKind.REGION: REGION, PlaceKind.NATION: NATION, PlaceKind.UK: UK}
    for kind, name in kinds.items():
        ways += [name for code in declared & above if gaz[code].kind == kind]
    if ways and row.reach == Reach.ONLINE:
        return ONLINE
    return ways[0] if ways else ""


def _count(found: dict[tuple[str, str, str], Counter[str]], way: str, row: Row, today: datetime.date) -> None:
    for step in ("", *row.stages, *row.transitions):
        for support in ("", *row.support):
            cell = found.setdefault((way, step, support), Counter())
            cell["count"] += 1
            cell["places"] += row.capacity or 0
            cell["unknown"] += row.capacity is None
            if row.ends_in is not None:
                cell["ending"] += today + datetime.timedelta(days=row.ends_in) <= horizon(today)
