"""Pages of need: which indices there are, one on the map and as a table, and what they say of a place."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from accounts.visitors import cached_for_visitors
from partnerships.need.models import Index
from partnerships.need.permissions import can_see_reports
from partnerships.need.queries.showing import CSV_COLUMNS, ORDERS, exported, figures_of, index_list, index_page
from places.queries import UK_CODE, gazetteer
from places.requests import place_at
from texts.exporting import csv_lines
from texts.streaming import streamed


@require_safe
@cached_for_visitors()
def need_list(request: HttpRequest) -> HttpResponse:
    context = {"lines": index_list(), "can_see_reports": can_see_reports(request.user)}
    return render(request, "need/list.html", context)


@require_safe
@cached_for_visitors()
def need_index(request: HttpRequest, slug: str) -> HttpResponse:
    """`?in=` narrows it to a place, `?order=` orders the table; what nobody knows is passed over."""
    index = get_object_or_404(Index, slug=slug)
    within = gazetteer().by_slug(request.GET.get("in", "")) or gazetteer()[UK_CODE]
    order = request.GET.get("order", "")
    page = index_page(index, within, order if order in ORDERS else "need")
    orders = [
        ("need", _("Most in need first")),
        ("least", _("Least in need first")),
        ("name", _("By name")),
    ]
    context = {
        "page": page,
        "index": index,
        "orders": orders,
        "everywhere": within.code == UK_CODE,
        "can_see_reports": can_see_reports(request.user),
    }
    return render(request, "need/index.html", context)


@require_safe
def need_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """No cell runs as a formula."""
    index = get_object_or_404(Index, slug=slug)
    lines = csv_lines(CSV_COLUMNS, exported(index))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=f"need-{index.slug}.csv")


@login_required
@require_safe
@never_cache
def need_report(request: SignedInRequest, slug: str) -> HttpResponse:
    if not can_see_reports(request.user):
        raise PermissionDenied
    index = get_object_or_404(Index.objects.select_related("loaded_by"), slug=slug)
    return render(request, "need/report.html", {"index": index})


@require_safe
@cached_for_visitors()
def place_need(request: HttpRequest, slug: str) -> HttpResponse:
    """`?part=1` gives the figures alone, for the place's page."""
    place = place_at(slug)
    template = "need/parts/here.html" if request.GET.get("part") == "1" else "need/place.html"
    return render(request, template, {"place": place, "figures": figures_of(place)})
