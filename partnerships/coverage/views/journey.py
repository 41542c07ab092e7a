"""The journey of a place or of several: picture and table, the list behind each number, and the same as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.queries.cards import cards
from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.drawing import labels, picture, table_body, ways_body
from partnerships.coverage.exporting import columns, exported
from partnerships.coverage.grid import horizon
from partnerships.coverage.permissions import can_confirm
from partnerships.coverage.places import led_on, read_place, read_places
from partnerships.coverage.queries.completeness import completeness
from partnerships.coverage.queries.confirmed import is_confirmed, said_in, standing
from partnerships.coverage.queries.journey import journey
from partnerships.coverage.queries.listing import PAGE_SIZE, initiatives_of
from partnerships.coverage.queries.showing import heading_of, search_url_of, views_of, way_told, ways_of, wider_of
from partnerships.coverage.queries.tallies import named_in
from partnerships.coverage.words import step_name
from places.queries import gazetteer
from texts.exporting import csv_lines
from texts.paging import page_links
from texts.streaming import streamed


def _of_place(request: HttpRequest, slug: str) -> JourneyQuery | HttpResponseRedirect:
    """What is asked of a place; the address of a former one leads to what took its place."""
    place = gazetteer().by_slug(slug)
    if place is not None:
        return read_place(request.GET, place)
    if to := led_on(slug):
        return HttpResponseRedirect(to)
    raise Http404


def _journey(request: HttpRequest, query: JourneyQuery) -> HttpResponse:
    found = journey(query)
    alone = None if query.is_set else query.place
    context = {
        "query": query,
        "journey": found,
        "total": found.cell(),
        "all_url": query.but(step="", support="").list_url,
        "picture": picture(found),
        "labels": labels(),
        "table": table_body(found),
        "heads": [step_name(step) for step in query.steps],
        "ways": ways_of(found),
        "views": views_of(query),
        "way_labels": [way_told(query, way) for way in found.ways],
        "ways_table": ways_body(found),
        "complete": completeness(query.codes, alone.slug if alone else ""),
        "confirmed": standing(alone, found.confirmed) if alone else [],
        "may_confirm": alone is not None and can_confirm(request.user, alone.code),
    }
    return render(request, "coverage/journey.html", context)


def _list(request: HttpRequest, query: JourneyQuery) -> HttpResponse:
    until = horizon(timezone.localdate())
    page = Paginator(initiatives_of(query, until).values_list("pk", flat=True), PAGE_SIZE).get_page(query.page)
    may_confirm = not query.is_set and can_confirm(request.user, query.place.code)
    said = said_in(query.place, step=query.step, support=query.support) if query.step and not query.is_set else []
    context = {
        "query": query,
        "until": until,
        "heading": heading_of(query),
        "way": way_told(query, query.way),
        "journey_url": query.same_url,
        "total": page.paginator.count,
        "cards": cards(list(page.object_list)),
        "page": page_links(page.number, page.paginator.num_pages, query.page_url),
        "wider": wider_of(query),
        "search_url": search_url_of(query),
        "said": said,
        "confirmed": not page.paginator.count and is_confirmed(query.codes, query.step, query.support),
        "may_confirm": may_confirm,
        "confirmable": may_confirm and _can_be_confirmed(query),
    }
    return render(request, "coverage/list.html", context)


def _can_be_confirmed(query: JourneyQuery) -> bool:
    """Not where something names the place, nor where somebody's word stands already. Two queries."""
    if not query.step or named_in(query.place, query.step, query.support):
        return False
    return not is_confirmed(query.codes, query.step, query.support)


def _csv(request: HttpRequest, query: JourneyQuery) -> StreamingHttpResponse:
    found = journey(query.but(view="", way=""))  # all of it: each way has a column of its own
    name = f"journey-{'set' if query.is_set else query.place.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    lines = csv_lines(columns(found), exported(found))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=name)


@require_safe
@cached_for_visitors()
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _of_place(request, slug)
    return _journey(request, asked) if isinstance(asked, JourneyQuery) else asked


@require_safe
@cached_for_visitors()
def list_of_place(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _of_place(request, slug)
    return _list(request, asked) if isinstance(asked, JourneyQuery) else asked


@require_safe
def csv_of_place(request: HttpRequest, slug: str) -> HttpResponseBase:
    asked = _of_place(request, slug)
    return _csv(request, asked) if isinstance(asked, JourneyQuery) else asked


@require_safe
@cached_for_visitors()
def of_set(request: HttpRequest) -> HttpResponse:
    return _journey(request, read_places(request.GET))


@require_safe
@cached_for_visitors()
def list_of_set(request: HttpRequest) -> HttpResponse:
    return _list(request, read_places(request.GET))


@require_safe
def csv_of_set(request: HttpRequest) -> StreamingHttpResponse:
    return _csv(request, read_places(request.GET))
