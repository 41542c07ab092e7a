"""What somebody asks of cold spots, as one frozen value: of which places, which steps, by which weights.

Round-trips to an address. What makes no sense is left out or brought to what can be used, and said in a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partnerships.coldspots.formula import COLD, LIMITS, USUAL, Weights
from partnerships.coldspots.words import NAME_OF_COLD, NAMES_OF_WEIGHTS
from partnerships.coverage.grid import STEPS, SUPPORTS
from partnerships.coverage.queries.across import KINDS
from partnerships.coverage.states import State
from partnerships.need.models import Index
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.choosing import LONGEST, Choosing
from texts.cleaning import clean_line
from texts.paging import page_asked
from texts.slugs import page_of, pages_of
from texts.vocabulary import Stage, Transition

EACH, STAGES = "each", "stages"
STEPS_ASKED: Mapping[str, tuple[str, ...]] = {
    "": tuple(Transition.values),
    STAGES: tuple(Stage.values),
    EACH: STEPS,
    **{step: (step,) for step in STEPS},
}
SUPPORTS_ASKED: Mapping[str, tuple[str, ...]] = {
    "": ("",),
    EACH: SUPPORTS,
    **{support: (support,) for support in SUPPORTS},
}
MOST_WEIGHT = 100.0
COLD_LIMITS = (1.0, 100.0)


@dataclass(frozen=True)
class ColdQuery:
    """Cold spots of all places of a kind within a place, or of one `place`."""

    kind: str = PlaceKind.AUTHORITY
    within: str = UK_CODE
    step: str = ""  # of STEPS_ASKED; nothing is every transition
    support: str = ""  # of SUPPORTS_ASKED; nothing is any kind of support
    state: str = ""
    weights: Weights = USUAL
    cold_from: float = COLD  # `from` in an address
    indices: tuple[tuple[str, float], ...] = ()  # slug, weight; none: the first there is
    page: int = 1
    place: PlaceFacts | None = None
    faults: tuple[str, ...] = field(default=(), compare=False)

    @property
    def steps(self) -> tuple[str, ...]:
        return STEPS_ASKED[self.step]

    @property
    def supports(self) -> tuple[str, ...]:
        return SUPPORTS_ASKED[self.support]

    @property
    def places(self) -> tuple[PlaceFacts, ...]:
        """Every place that is ranked, by name."""
        return gazetteer().of_kind_within(self.kind, self.within)

    def but(self, **changes: object) -> ColdQuery:
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # fields of ours

    @property
    def weighing(self) -> dict[str, str]:
        """What an address says of weights and indices, as far as it is not what everybody gets."""
        said = {name: text for name, text in self.said_weights.items() if text != plain(getattr(USUAL, name))}
        if self.cold_from != COLD:
            said["from"] = self.said_cold
        return {**said, **{f"of-{slug}": plain(weight) for slug, weight in self.indices}}

    @property
    def said_cold(self) -> str:
        return plain(self.cold_from)

    @property
    def said_weights(self) -> dict[str, str]:
        """Each weight as a form's field has it."""
        return {name: plain(getattr(self.weights, name)) for name in LIMITS}

    def _given(self, *, paged: bool = False) -> str:
        asked = {"step": self.step, "support": self.support}
        if self.place is None:
            within = gazetteer()[self.within].slug if self.within != UK_CODE else ""
            asked |= {"kind": self.kind if self.kind != PlaceKind.AUTHORITY else "", "in": within, "state": self.state}
        pairs = {**{name: value for name, value in asked.items() if value}, **self.weighing}
        if paged and self.page > 1:
            pairs["page"] = str(self.page)
        return "?" + urlencode(pairs) if pairs else ""

    @property
    def url(self) -> str:
        address = page_of("cold-spots-of", self.place.slug) if self.place else reverse("cold-spots")
        return address + self._given(paged=True)

    @property
    def csv_url(self) -> str:
        return reverse("cold-spots-csv") + self.but(place=None)._given()

    @property
    def everywhere_url(self) -> str:
        """All places, by the same weights."""
        return self.but(place=None, kind=PlaceKind.AUTHORITY).url

    @property
    def how_url(self) -> str:
        return reverse("cold-spots-how") + self.but(place=None)._given()

    @property
    def usual_url(self) -> str:
        """The same by the usual weights."""
        return self.but(weights=USUAL, cold_from=COLD, indices=()).url

    @property
    def widest_url(self) -> str:
        """The same of each step with each kind of support."""
        return self.but(step=EACH, support=EACH).url

    @property
    def is_widest(self) -> bool:
        return (self.step, self.support) == (EACH, EACH)

    def of_place(self, place: PlaceFacts) -> ColdQuery:
        """The same question of one place: the same steps and support, by the same weights."""
        return self.but(place=place, kind=place.kind, within=UK_CODE, state="")

    def of_areas_in(self, place: PlaceFacts) -> ColdQuery:
        """The same question of the council areas that a place holds."""
        return self.but(place=None, kind=PlaceKind.AUTHORITY, within=place.code, state="")

    def urls_of_places(self) -> Callable[[str], str]:
        """Slug → the page of `of_place`, put together once for many places."""
        at, steps = pages_of("cold-spots-of"), {"step": self.step, "support": self.support}
        asked = urlencode({**{name: value for name, value in steps.items() if value}, **self.weighing})
        return lambda slug: f"{at(slug)}?{asked}" if asked else at(slug)

    def page_url(self, page: int) -> str:
        return replace(self, page=page).url


def read_query(given: QueryDict, indices: Sequence[Index], place: PlaceFacts | None = None) -> ColdQuery:
    """What an address asks. `indices`: those that there are, the usual one first."""
    chosen = Choosing(given)
    faults = chosen.faults
    numbers = {
        name: _number(given.get(name, ""), str(NAMES_OF_WEIGHTS[name]), getattr(USUAL, name), LIMITS[name], faults)
        for name in LIMITS
    }
    numbers["enough"] = _whole(numbers["enough"], str(NAMES_OF_WEIGHTS["enough"]), faults)
    return ColdQuery(
        kind=place.kind if place else chosen("kind", KINDS) or PlaceKind.AUTHORITY,
        within=UK_CODE if place else _within(given, faults),
        step=chosen("step", tuple(STEPS_ASKED)),
        support=chosen("support", tuple(SUPPORTS_ASKED)),
        state="" if place else chosen("state", tuple(State)),
        weights=Weights(**numbers),
        cold_from=_number(given.get("from", ""), str(NAME_OF_COLD), COLD, COLD_LIMITS, faults),
        indices=_indices(given, indices, faults),
        page=page_asked(given.get("page", "")),
        place=place,
        faults=tuple(faults),
    )


def _within(given: QueryDict, faults: list[str]) -> str:
    asked = clean_line(given.get("in", ""))
    if not asked:
        return UK_CODE
    place = gazetteer().by_slug(asked.lower())
    if place is None:
        fault = _("We know no place called “%(place)s”, so the whole United Kingdom is shown.")
        faults.append(fault % {"place": asked[:LONGEST]})
        return UK_CODE
    return place.code


def _indices(given: QueryDict, indices: Sequence[Index], faults: list[str]) -> tuple[tuple[str, float], ...]:
    """The indices with a weight; none where that is just what everybody gets."""
    names = {f"of-{index.slug}": index for index in indices}
    weights: dict[str, float] = {}
    for name in filter(names.__contains__, given):
        weights[names[name].slug] = _number(given.get(name, ""), str(names[name]), 0.0, (0.0, MOST_WEIGHT), faults)
    unknown = [clean_line(name.removeprefix("of-")) for name in given if name.startswith("of-") and name not in names]
    if unknown:
        fault = _("We know no index called “%(index)s”, so it is left out.")
        faults.append(fault % {"index": unknown[0][:LONGEST]})
    heavy = tuple((index.slug, weights[index.slug]) for index in indices if weights.get(index.slug))
    if weights and not heavy:
        faults.append(_("No index has a weight above 0, so “%(index)s” is used.") % {"index": indices[0]})
    return () if len(heavy) == 1 and heavy[0][0] == indices[0].slug else heavy


def _number(text: str, name: str, usual: float, limits: tuple[float, float], faults: list[str]) -> float:
    """A number as typed, kept within its limits; `usual` where it is none."""
    text = clean_line(text)
    if not text:
        return usual
    told = {"name": name, "text": text[:LONGEST], "usual": number_format(plain(usual))}
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        faults.append(_("“%(text)s” is not a number that “%(name)s” can be, so it is %(usual)s.") % told)
        return usual
    low, high = limits
    if not low <= number <= high:
        used = min(max(number, low), high)
        told |= {"low": plain(low), "high": plain(high), "used": plain(used)}
        faults.append(_("“%(name)s” goes from %(low)s to %(high)s, so %(text)s is taken as %(used)s.") % told)
        return used
    return round(number, 3) + 0.0


def _whole(number: float, name: str, faults: list[str]) -> float:
    """The nearest whole number, halves upward, with a sentence where that is another one."""
    used = math.floor(number + 0.5)
    if used != number:
        told = {"name": name, "text": plain(number), "used": used}
        faults.append(_("“%(name)s” is a whole number, so %(text)s is taken as %(used)s.") % told)
    return float(used)


def plain(number: float) -> str:
    """As an address and a form's field have it: "2", "0.25"."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
