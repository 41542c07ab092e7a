"""What somebody asks of a journey, as one frozen value: whose, which steps, in which way it is reached.

Round-trips to an address. What makes no sense is left out and said in a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.queries.tallies import AFAR, NAMED, NEAR, WAYS
from places.queries import PlaceFacts
from texts.choosing import Choosing
from texts.paging import page_asked
from texts.slugs import page_of
from texts.vocabulary import Stage, Transition

NAMED_ONLY, NEAR_ONLY, AFAR_ONLY = "named", "near", "afar"
GROUPS: Mapping[str, tuple[str, ...]] = {NAMED_ONLY: NAMED, NEAR_ONLY: NEAR, AFAR_ONLY: AFAR}  # several ways at once
VIEWS: Mapping[str, tuple[str, ...]] = {
    "": STEPS,
    "stages": tuple(Stage.values),
    "transitions": tuple(Transition.values),
}


@dataclass(frozen=True)
class JourneyQuery:
    """The journey of one place, or of several council areas together (`is_set`)."""

    places: tuple[PlaceFacts, ...]
    is_set: bool = False
    view: str = ""
    way: str = ""  # one of WAYS or of GROUPS; nothing is all
    step: str = ""
    support: str = ""
    ending: bool = False
    page: int = 1
    faults: tuple[str, ...] = field(default=(), compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> PlaceFacts:
        return self.places[0]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(place.code for place in self.places)

    @property
    def name(self) -> str:
        """“Leeds”, “Blackpool (Opportunity Area)”; “Leeds, Bradford and 3 more”."""
        if len(self.places) == 1:
            return self.place.label
        names = [place.name for place in self.places]
        if len(names) == 2:
            return _("%(one)s and %(two)s") % {"one": names[0], "two": names[1]}
        told = {"one": names[0], "two": names[1], "more": len(names) - 2}
        return _("%(one)s, %(two)s and %(more)d more") % told

    @property
    def said(self) -> str:
        """The name within a sentence: “the North East (region)”."""
        return self.place.said if len(self.places) == 1 else self.name

    @property
    def steps(self) -> tuple[str, ...]:
        return VIEWS[self.view]

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways that are asked for, whether or not the place knows them."""
        return GROUPS.get(self.way) or ((self.way,) if self.way else WAYS)

    @property
    def same_url(self) -> str:
        """The picture of the same places with nothing chosen."""
        return self.but(view="", way="").url

    def but(self, **changes: object) -> JourneyQuery:
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # fields of ours

    def _given(self, *names: str) -> str:
        pairs = [("place", place.slug) for place in self.places] if self.is_set else []
        values = {name: getattr(self, name) for name in names}
        pairs += [(name, "1" if value is True else str(value)) for name, value in values.items() if value]
        return "?" + urlencode(pairs) if pairs else ""

    def _at(self, name: str, of_set: str) -> str:
        return reverse(of_set) if self.is_set else page_of(name, self.place.slug)

    @property
    def url(self) -> str:
        """The picture."""
        return self._at("journey", "journey-set") + self._given("view", "way")

    @property
    def csv_url(self) -> str:
        return self._at("journey-csv", "journey-set-csv") + self._given("way")

    @property
    def list_url(self) -> str:
        """The list behind a number."""
        return self._at("journey-list", "journey-set-list") + self._given("step", "support", "way", "ending")

    def page_url(self, page: int) -> str:
        address = self.list_url
        return f"{address}{'&' if '?' in address else '?'}page={page}" if page > 1 else address


def read_query(given: QueryDict, places: tuple[PlaceFacts, ...], *, is_set: bool = False) -> JourneyQuery:
    """What an address asks of these places."""
    chosen = Choosing(given)
    return JourneyQuery(
        places=places,
        is_set=is_set,
        view=chosen("view", tuple(VIEWS)),
        way=chosen("way", (*GROUPS, *WAYS)),
        step=chosen("step", STEPS),
        support=chosen("support", SUPPORTS),
        ending=given.get("ending") == "1",
        page=page_asked(given.get("page", "")),
        faults=tuple(chosen.faults),
    )
