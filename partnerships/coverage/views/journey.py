"""The journey of a place or of several: picture and table, the list behind each number, and the same as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.queries.cards import cards
from partnerships.coverage.asking import JourneyQuery, read_query
from partnerships.coverage.drawing import Sayings, labels, picture, table_body
from partnerships.coverage.exporting import columns, exported
from partnerships.coverage.grid import horizon
from partnerships.coverage.places import read_places
from partnerships.coverage.queries.journey import journey
from partnerships.coverage.queries.listing import PAGE_SIZE, initiatives_of
from partnerships.coverage.words import step_label, step_name, support_label, way_label
from places.queries import gazetteer
from texts.exporting import csv_lines
from texts.paging import page_links
from texts.streaming import streamed


def _of_place(request: HttpRequest, slug: str) -> JourneyQuery:
    place = gazetteer().by_slug(slug)
    if place is None:
        raise Http404
    return read_query(request.GET, (place,))


def _of_set(request: HttpRequest) -> JourneyQuery:
    return read_places(request.GET)


def _journey(request: HttpRequest, query: JourneyQuery) -> HttpResponse:
    found = journey(query)
    sayings = Sayings(found)
    context = {
        "query": query,
        "place": query.place,
        "journey": found,
        "total": found.cell(),
        "picture": picture(found, sayings),
        "labels": labels(),
        "table": table_body(found),
        "heads": [step_name(step) for step in query.steps],
        "ways": [(way, way_label(way, query.place, is_set=query.is_set), found.of_way(way)) for way in found.ways],
    }
    return render(request, "coverage/journey.html", context)


def _list(request: HttpRequest, query: JourneyQuery) -> HttpResponse:
    until = horizon(timezone.localdate())
    found = initiatives_of(query, until)
    page = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(query.page)
    context = {
        "query": query,
        "place": query.place,
        "until": until,
        "step": step_label(query.step),
        "support": support_label(query.support),
        "total": page.paginator.count,
        "cards": cards(list(page.object_list)),
        "page": page_links(page.number, page.paginator.num_pages, query.page_url),
    }
    return render(request, "coverage/list.html", context)


def _csv(request: HttpRequest, query: JourneyQuery) -> StreamingHttpResponse:
    found = journey(query.but(view=""))
    name = f"journey-{'set' if query.is_set else query.place.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    lines = csv_lines(columns(found), exported(found))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=name)


@require_safe
@cached_for_visitors()
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    return _journey(request, _of_place(request, slug))


@require_safe
@cached_for_visitors()
def list_of_place(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, _of_place(request, slug))


@require_safe
def csv_of_place(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    return _csv(request, _of_place(request, slug))


@require_safe
@cached_for_visitors()
def of_set(request: HttpRequest) -> HttpResponse:
    return _journey(request, _of_set(request))


@require_safe
@cached_for_visitors()
def list_of_set(request: HttpRequest) -> HttpResponse:
    return _list(request, _of_set(request))


@require_safe
def csv_of_set(request: HttpRequest) -> StreamingHttpResponse:
    return _csv(request, _of_set(request))
