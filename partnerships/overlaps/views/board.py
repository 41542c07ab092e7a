"""The coordinators' board of pairs, and the same as a file."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import is_moderator
from accounts.requests import SignedInRequest
from partnerships.overlaps.permissions import can_see_board, can_see_board_of
from partnerships.overlaps.queries.board import (
    COLUMNS,
    PAGE_SIZE,
    BoardQuery,
    choices,
    exported,
    numbers,
    places_of,
    read_board,
)
from partnerships.overlaps.queries.showing import shown
from places.forms import Where, read_where
from places.queries import PlaceFacts, gazetteer
from texts.cleaning import clean_line
from texts.exporting import csv_lines
from texts.paging import page_links
from texts.streaming import streamed

_LONGEST = 60  # letters of an unknown place that are said again


def _asked(request: SignedInRequest) -> tuple[BoardQuery, list[PlaceFacts]]:
    if not can_see_board(request.user):
        raise PermissionDenied
    typed = clean_line(request.GET.get("where", ""))
    asked = read_where(typed) if typed and is_moderator(request.user) else Where()
    wanted = asked.place.slug if asked.typed else request.GET.get("place", "")
    places = [place for place in places_of(request.user, wanted) if can_see_board_of(request.user, place.code)]
    if gazetteer().by_slug(wanted) and wanted not in {place.slug for place in places}:
        raise PermissionDenied
    query = read_board({**request.GET.dict(), "place": wanted}, places, request.user)
    return replace(query, faults=asked.faults or _unknown(wanted, query.place), where=asked.shown), places


def _unknown(wanted: str, place: PlaceFacts) -> tuple[str, ...]:
    """What to say of a place in the address that nobody knows; nothing where there is one."""
    name = clean_line(wanted)[:_LONGEST]
    if not name or gazetteer().by_slug(wanted):
        return ()
    told = {"wanted": name, "place": place.name}
    return (_("We know no place called “%(wanted)s”. These are the pairs of %(place)s.") % told,)


@login_required
@require_safe
@never_cache
def board(request: SignedInRequest) -> HttpResponse:
    query, places = _asked(request)
    page = Paginator(query.pairs(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "places": places,
        "choices": choices(query),
        "numbers": numbers(query),
        "any_place": is_moderator(request.user),
        "total": page.paginator.count,
        "pairs": shown(list(page.object_list), reader=request.user),
        "page": page_links(page.number, page.paginator.num_pages, query.address),
    }
    return render(request, "overlaps/board.html", context)


@login_required
@require_safe
@never_cache
def board_csv(request: SignedInRequest) -> StreamingHttpResponse:
    """No cell runs as a formula."""
    query, _all = _asked(request)
    rows = exported(query, request.build_absolute_uri("/"))
    name = f"pairs-{query.place.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    return streamed(request, csv_lines(COLUMNS, rows), content_type="text/csv; charset=utf-8", filename=name)
