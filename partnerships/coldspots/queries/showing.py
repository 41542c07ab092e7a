"""What pages of cold spots show: rows in words with a link for each number, the map, and what can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.coldspots.asking import EACH, STAGES, ColdQuery, plain
from partnerships.coldspots.queries.needing import weighing
from partnerships.coldspots.queries.ranking import Ranking, Spot
from partnerships.coldspots.twins import Twin
from partnerships.coldspots.words import (
    STATES_ASKED,
    afar_words,
    cell_words,
    near_words,
    sentence,
    settled_words,
    state_words,
)
from partnerships.coverage.asking import AFAR_ONLY, NEAR_ONLY, JourneyQuery
from partnerships.coverage.grid import STEP_AT, SUPPORT_AT, SUPPORTS
from partnerships.coverage.queries.across import KINDS, across, places_around
from partnerships.coverage.queries.completeness import registered_each
from partnerships.coverage.queries.tallies import NEAR
from partnerships.coverage.states import State
from partnerships.coverage.words import step_label, support_label
from partnerships.need.models import Index
from places.boundaries.drawing import Map, Told, draw
from places.models import PlaceKind
from places.queries import UK_CODE, PlaceFacts, gazetteer
from texts.slugs import page_of
from texts.vocabulary import Stage, Transition, label_of

PAGE_SIZE = 30
ONE_PLACE_ONE_AREA = (PlaceKind.AUTHORITY, PlaceKind.REGION, PlaceKind.NATION, PlaceKind.COMBINED_AUTHORITY)


@dataclass(frozen=True, slots=True)
class Row:
    """A cold spot in words; each number has the address of its list."""

    spot: Spot
    score: int
    sentence: str
    cell: str
    state: str
    presumed: str  # what the score presumes where nobody knows; "" elsewhere
    url: str
    need: int  # hundredths
    need_url: str
    near_url: str
    afar_url: str
    list_url: str
    confirm_url: str
    around_url: str  # who does it in the place around; "" where nobody does, or nobody asks


def shown_score(score: float) -> int:
    """As pages have it: whole, and nought only where there is none."""
    return max(1, round(score)) if score > 0 else 0


def rows_of(spots: Sequence[Spot], query: ColdQuery, around: Around | None = None) -> list[Row]:
    """Asks how complete registries are, once, where nobody knows of a spot."""
    unknown = any(spot.state == State.UNKNOWN for spot in spots)
    registered = registered_each() if unknown else {}
    done = around.done if around else {}
    return [_row(spot, query, registered, done.get((spot.step, spot.support), "")) for spot in spots]


def _row(spot: Spot, query: ColdQuery, registered: Mapping[str, tuple[int, int]], around_url: str) -> Row:
    place = spot.place
    cell = JourneyQuery((place,), step=spot.step, support=spot.support)
    asked = urlencode({"step": spot.step, "support": spot.support})
    return Row(
        spot=spot,
        score=shown_score(spot.score),
        sentence=sentence(spot.need, place.kind, spot.near, spot.afar, spot.state),
        cell=cell_of(spot),
        state=state_words(spot.near, spot.state),
        presumed=presumed_words(place, registered) if spot.state == State.UNKNOWN else "",
        url=query.of_place(place).url,
        need=round(100 * spot.need),
        need_url=page_of("place-need", place.slug),
        near_url=cell.but(way=NEAR_ONLY).list_url,
        afar_url=cell.but(way=AFAR_ONLY).list_url,
        list_url=cell.list_url,
        confirm_url=f"{page_of('journey-confirm', place.slug)}?{asked}",
        around_url=around_url,
    )


@dataclass(frozen=True, slots=True)
class Around:
    """The region or nation around a place, and which steps with which support are done near it: step, support."""

    place: PlaceFacts
    done: Mapping[tuple[str, str], str]  # to the address of the list


def around_of(place: PlaceFacts, spots: Sequence[Spot]) -> Around | None:
    """Who acts around a place for these spots; None where only the UK is around. Two queries."""
    code = next(iter(gazetteer().ancestors(place.code)), UK_CODE)
    if code == UK_CODE:
        return None
    around = gazetteer()[code]
    near = across([around]).counts(NEAR)[0]
    cells = [(spot.step, spot.support) for spot in spots if near[STEP_AT[spot.step], SUPPORT_AT[spot.support]]]
    asked = JourneyQuery((around,), way=NEAR_ONLY)
    return Around(around, {(step, support): asked.but(step=step, support=support).list_url for step, support in cells})


def cell_of(spot: Spot) -> str:
    return cell_words(spot.step, spot.support)


def presumed_words(place: PlaceFacts, registered: Mapping[str, tuple[int, int]]) -> str:
    """An empty registry is no empty place: what the score presumes, and how much of the place is here."""
    pairs = [registered[code] for code in gazetteer().authorities_in(place.code) if code in registered]
    named, here = (sum(numbers) for numbers in zip(*pairs, strict=True)) if pairs else (0, 0)
    if not named:
        return _("The score presumes that there is none; no register that we read names organisations here.")
    told = ngettext(
        "The score presumes that there is none; registers name %(all)s organisation here, %(here)s is on this site.",
        "The score presumes that there is none; registers name %(all)s organisations here, %(here)s are on this site.",
        named,
    )
    return told % {"here": f"{here:,}", "all": f"{named:,}"}


def map_of(ranking: Ranking) -> Map | None:
    """Each council area by the coldest listed spot of its place: the table's own figures."""
    query = ranking.query
    if query.kind not in ONE_PLACE_ONE_AREA or not len(ranking):
        return None
    gaz, coldest = gazetteer(), ranking.coldest()
    url = query.urls_of_places()
    told = {}
    for place in (*ranking.places, *ranking.missing):
        spot = coldest.get(place.code)
        if query.state and spot is None:
            continue  # it may well be cold, only not of what is asked for
        one = _told(place, spot, url(place.slug), is_known=place in ranking.known)
        told.update(dict.fromkeys(gaz.authorities_in(place.code), one))
    drawn = draw(told, name=_("The coldest spot of each place, of 100"))
    return replace(drawn, legend=[replace(row, words="0") if row.css == "step-0" else row for row in drawn.legend])


def _told(place: PlaceFacts, spot: Spot | None, url: str, *, is_known: bool) -> Told:
    if spot is None:
        words = _("0") if is_known else _("no index says how much it is in need")
        return Told(place.name, words, url, 0 if is_known else None)
    words = _("%(score)d. %(cell)s: %(near)s; %(afar)s") % {
        "score": shown_score(spot.score),
        "cell": cell_of(spot),
        "near": near_words(spot.near, spot.state),
        "afar": afar_words(spot.afar),
    }
    return Told(place.name, words, url, shown_score(spot.score))


Choice = tuple[str, str, bool]  # value, label, whether it is chosen


def choices(query: ColdQuery) -> dict[str, list[Choice]]:
    """What the form lets choose."""
    steps = [("", _("Each transition")), (STAGES, _("Each stage")), (EACH, _("Each stage and transition"))]
    supports = [("", support_label("")), (EACH, _("Each kind of support"))]
    gaz = gazetteer()
    wider = [*places_around(), *gaz.of_kind(PlaceKind.COMBINED_AUTHORITY)]
    if query.within not in {place.code for place in wider}:
        wider.append(gaz[query.within])
    options: dict[str, list[tuple[str, str]]] = {
        "kind": [("" if kind == PlaceKind.AUTHORITY else kind, label_of(PlaceKind, kind)) for kind in KINDS],
        "in": [("" if place.code == UK_CODE else place.slug, place.label) for place in wider],
        "step": [*steps, *((step, step_label(step)) for step in (*Transition.values, *Stage.values))],
        "support": [*supports, *((one, support_label(one)) for one in SUPPORTS)],
        "state": [("", _("Whatever is known")), *((state.value, str(STATES_ASKED[state])) for state in State)],
    }
    chosen = {
        "kind": "" if query.kind == PlaceKind.AUTHORITY else query.kind,
        "in": "" if query.within == UK_CODE else gaz[query.within].slug,
        **{"step": query.step, "support": query.support, "state": query.state},
    }
    return {name: [(value, label, value == chosen[name]) for value, label in pairs] for name, pairs in options.items()}


def index_weights(query: ColdQuery, indices: Sequence[Index]) -> list[tuple[Index, str]]:
    """Every index with its weight as a form's field has it, nought for those that do not count."""
    weights = {index.slug: weight for index, weight in weighing(query, indices)}
    return [(index, plain(weights.get(index.slug, 0.0))) for index in indices]


@dataclass(frozen=True, slots=True)
class TwinLine:
    """A place that is like another, in words."""

    place: PlaceFacts
    url: str
    likeness: int
    need: int  # hundredths
    people: str
    settled: str
    better_at: int  # of the cold spots that are looked at


def line_of(twin: Twin, query: ColdQuery, better: Mapping[str, int]) -> TwinLine:
    return TwinLine(
        place=twin.place,
        url=query.of_place(twin.place).url,
        likeness=round(twin.likeness),
        need=round(100 * twin.need),
        people=number_format(twin.people, force_grouping=True),
        settled=settled_words(twin),
        better_at=better.get(twin.place.code, 0),
    )
