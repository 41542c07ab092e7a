"""What somebody asks of all places of a kind: at which step, with which support, where, in which order.

Round-trips to an address. What makes no sense is left out and said in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.queries.across import KINDS, places_around
from partnerships.coverage.states import State
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.choosing import Choosing

SHADES = ("state", "number")
SORTS = ("place", "state", "count", "near", "afar", "places", "ending")


@dataclass(frozen=True)
class NationalQuery:
    """Places of one kind within one place, and one cell of each."""

    kind: str = PlaceKind.AUTHORITY
    within: str = UK_CODE
    step: str = ""
    support: str = ""
    state: str = ""  # of State: these alone
    shade: str = "state"
    sort: str = "place"
    descending: bool = False
    faults: tuple[str, ...] = field(default=(), compare=False)

    @property
    def around(self) -> PlaceFacts:
        """The place within which is looked."""
        return gazetteer()[self.within]

    def but(self, **changes: object) -> NationalQuery:
        return replace(self, **changes)  # type: ignore[arg-type]  # fields of ours

    @property
    def given(self) -> str:
        """What an address says of it; "" where it says nothing."""
        values = {
            "kind": "" if self.kind == PlaceKind.AUTHORITY else self.kind,
            "in": "" if self.within == UK_CODE else self.around.slug,
            "step": self.step,
            "support": self.support,
            "state": self.state,
            "shade": "" if self.shade == "state" else self.shade,
            "sort": ("-" if self.descending else "") + self.sort,
        }
        if values["sort"] == "place":
            del values["sort"]
        pairs = [(name, value) for name, value in values.items() if value]
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def url(self) -> str:
        return reverse("national") + self.given

    @property
    def csv_url(self) -> str:
        return reverse("national-csv") + self.given


def read_national(given: QueryDict) -> NationalQuery:
    """What an address asks."""
    chosen = Choosing(given)
    around = {place.slug: place.code for place in places_around()}
    within = chosen("in", tuple(around))
    sort = chosen("sort", (*SORTS, *(f"-{one}" for one in SORTS)), "place")
    return NationalQuery(
        kind=chosen("kind", KINDS, PlaceKind.AUTHORITY),
        within=around.get(within, UK_CODE),
        step=chosen("step", STEPS),
        support=chosen("support", SUPPORTS),
        state=chosen("state", tuple(State)),
        shade=chosen("shade", SHADES, "state"),
        sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
        faults=tuple(chosen.faults),
    )
