"""What a briefing says of a place. Seven queries at any size, and those of `completeness` once an hour."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils.safestring import SafeString

from initiatives.models import Initiative, ReachedPlace
from partnerships.briefing.talks import Talk, worth_a_talk
from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.drawing import places_told, shown, state_told
from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.queries.completeness import Completeness, completeness
from partnerships.coverage.queries.confirmed import Said, standing
from partnerships.coverage.queries.journey import Cell, Journey, journey
from partnerships.coverage.queries.listing import initiatives_of
from partnerships.coverage.queries.showing import way_told
from partnerships.coverage.states import State
from partnerships.coverage.words import step_name
from partnerships.need.queries.showing import Figure, figures_of
from places.queries import PlaceFacts
from texts.slugs import pages_of
from texts.vocabulary import Reach, Transition

MOST_ORGANISATIONS = 5
MOST_ENDING = 5
MOST_CONFIRMED = 3
MOST_FIGURES = 7


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Square:
    """A cell as the table shows it."""

    shown: str
    state: State
    said: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A transition: all kinds of support together first, then each."""

    label: str
    squares: Sequence[Square]


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation with how many it leads here, or an initiative with its last day."""

    name: str
    url: str
    count: int = 0
    day: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A confirmation that stands, and how many reach the place from afar all the same."""

    said: Said
    afar: int


@dataclass(frozen=True)
class Briefing:
    """Everything on the page."""

    journey: Journey
    total: Cell
    all_url: str
    ways: Sequence[Number]
    ending_url: str
    rows: Sequence[Row]
    confirmed: Sequence[Gap]
    more_confirmed: int
    complete: Completeness
    figures: Sequence[Figure]
    more_figures: int
    organisations: Sequence[Line]
    ending: Sequence[Line]
    talks: Sequence[Talk]

    @property
    def places(self) -> SafeString:
        """Places a year that are known of, of what is from near."""
        return places_told(*self.journey.capacity(self.total))

    @property
    def places_afar(self) -> str:
        """Places a year of what comes from afar; "" where none are known of."""
        number = self.total.places - self.total.near_places
        return f"{number:,}" if number else ""


def briefing(place: PlaceFacts) -> Briefing:
    query = JourneyQuery((place,))
    found = journey(query)
    said = standing(place, found.confirmed)
    afar = {one.pk: found.cell(*cell).afar for cell, one in found.confirmed.items()}
    figures = figures_of(place)
    return Briefing(
        journey=found,
        total=found.cell(),
        all_url=query.list_url,
        ways=[Number(way_told(query, way), found.of_way(way), query.but(way=way).list_url) for way in found.ways],
        ending_url=query.but(ending=True).list_url,
        rows=[_row(found, step) for step in Transition.values],
        confirmed=[Gap(one, afar[one.pk]) for one in said[:MOST_CONFIRMED]],
        more_confirmed=max(0, len(said) - MOST_CONFIRMED),
        complete=completeness(query.codes, place.slug),
        figures=figures[:MOST_FIGURES],
        more_figures=max(0, len(figures) - MOST_FIGURES),
        organisations=_most_active(place),
        ending=_ending_soon(query, found.until),
        talks=worth_a_talk(found),
    )


def _row(found: Journey, step: str) -> Row:
    query = found.query.but(step=step)
    cells = [(query.but(support=support).list_url, found.cell(step, support)) for support in ("", *SUPPORTS)]
    return Row(step_name(step), [Square(shown(cell), cell.state, state_told(cell), url) for url, cell in cells])


def _most_active(place: PlaceFacts) -> list[Line]:
    """Who leads most of what names the place or a part of it, online work left out."""
    named = ReachedPlace.objects.filter(place=place.code).values("initiative_id")
    led = Initiative.objects.filter(pk__in=named, lead_organisation__is_public=True).exclude(reach=Reach.ONLINE)
    rows = led.order_by().values_list("lead_organisation__name", "lead_organisation__slug").annotate(n=Count("pk"))
    url = pages_of("organisation")
    ordered = rows.order_by("-n", "lead_organisation__name")[:MOST_ORGANISATIONS]
    return [Line(name, url(slug), count=number) for name, slug, number in ordered]


def _ending_soon(query: JourneyQuery, until: datetime.date) -> list[Line]:
    soon = initiatives_of(query.but(ending=True), until).order_by("ends_on", "title")
    url = pages_of("initiative")
    rows = soon.values_list("title", "slug", "ends_on")[:MOST_ENDING]
    return [Line(title, url(slug), day=day) for title, slug, day in rows]
