"""Cold spots: all of them ranked and mapped, the formula, and those of one place with what similar places do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from partnerships.coldspots.asking import read_query
from partnerships.coldspots.exporting import COLUMNS, exported
from partnerships.coldspots.queries.explaining import example_of, weight_lines
from partnerships.coldspots.queries.needing import known_indices, shares_of, weighing
from partnerships.coldspots.queries.ranking import rank
from partnerships.coldspots.queries.showing import (
    PAGE_SIZE,
    around_of,
    choices,
    index_weights,
    line_of,
    map_of,
    rows_of,
)
from partnerships.coldspots.queries.solving import better_at, solved
from partnerships.coldspots.twins import twins_of
from partnerships.coldspots.words import NOTHING_ASKED, need_words
from partnerships.coverage.permissions import can_confirm
from partnerships.coverage.states import State
from places.models import PlaceKind
from places.requests import place_at
from texts.exporting import csv_lines
from texts.paging import fitting, page_links
from texts.streaming import streamed


@require_safe
@cached_for_visitors()
def cold_spots(request: HttpRequest) -> HttpResponse:
    """Ranked and mapped; without any index there is nothing to rank by, and the page says so."""
    indices = known_indices()
    query = read_query(request.GET, indices)
    ranking = rank(query, shares_of(query, indices))
    page, pages = fitting(query.page, len(ranking), PAGE_SIZE)
    spots = ranking.spots((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    context = {
        "query": query,
        "ranking": ranking,
        "rows": rows_of(spots, query),
        "map": map_of(ranking),
        "nothing": NOTHING_ASKED[State(query.state)] if query.state else "",
        "page": page_links(page, pages, query.page_url),
        "choices": choices(query),
        "weights": index_weights(query, indices),
        "weighing": weighing(query, indices),
    }
    return render(request, "coldspots/list.html", context)


@require_safe
def cold_spots_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All of the list, not a page of it."""
    indices = known_indices()
    query = read_query(request.GET, indices)
    ranking = rank(query, shares_of(query, indices))
    name = f"cold-spots-{timezone.localdate():%Y-%m-%d}.csv"
    lines = csv_lines(COLUMNS, exported(ranking, weighing(query, indices)))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=name)


@require_safe
@cached_for_visitors()
def how(request: HttpRequest) -> HttpResponse:
    """The formula, worked through with the coldest spot that these weights give."""
    indices = known_indices()
    query = read_query(request.GET, indices)
    spots = rank(query, shares_of(query, indices)).spots(0, 1)
    context = {
        "query": query,
        "weights": query.said_weights,
        "example": example_of(spots[0], query) if spots else None,
        "url": query.of_place(spots[0].place).url if spots else "",
        "weight_lines": weight_lines(query),
        "weighing": weighing(query, indices),
    }
    return render(request, "coldspots/how.html", context)


@require_safe
@cached_for_visitors()
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    place = place_at(slug)
    if place.kind == PlaceKind.UK:
        return redirect("cold-spots")
    indices = known_indices()
    query = read_query(request.GET, indices, place)
    shares = shares_of(query, indices)
    ranking = rank(query, shares)
    page, pages = fitting(query.page, len(ranking), PAGE_SIZE)
    spots = ranking.spots((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    me, twins = twins_of(place, shares) if place.code in shares else (None, [])
    around = around_of(place, spots)
    inside = None if place.is_authority else rank(query.of_areas_in(place), shares)
    cold = [spot for spot in spots if spot.score >= query.cold_from]
    answers, nowhere = solved(place, cold, twins, query.weights.enough) if me else ([], [])
    better = better_at(answers)
    context = {
        "query": query,
        "place": place,
        "ranking": ranking,
        "inside": inside,
        "around": around,
        "rows": rows_of(spots, query, around),
        "page": page_links(page, pages, query.page_url),
        "choices": choices(query),
        "weighing": weighing(query, indices),
        "need": capfirst(need_words(me.need, place.kind)) if me else "",
        "me": line_of(me, query, {}) if me else None,
        "twins": [line_of(twin, query, better) for twin in twins],
        "answers": answers,
        "nowhere": nowhere,
        "may_confirm": can_confirm(request.user, place.code),
    }
    return render(request, "coldspots/place.html", context)
