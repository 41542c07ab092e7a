"""The whole UK, place by place: a map, a table, a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from partnerships.national import queries
from partnerships.national.asking import read_national
from partnerships.national.drawing import map_of, rows_of
from partnerships.national.exporting import columns, exported
from partnerships.national.words import choices, counted, heading, heads, told_of_any, told_of_none, totals
from texts.exporting import csv_lines
from texts.streaming import streamed


@require_safe
@cached_for_visitors()
def national(request: HttpRequest) -> HttpResponse:
    query = read_national(request.GET)
    found = queries.national(query)
    context = {
        "query": query,
        "found": found,
        "heading": heading(query),
        "counted": counted(found),
        "totals": totals(found),
        "told_of_any": told_of_any(found),
        "told_of_none": told_of_none(query),
        "choices": choices(),
        "heads": heads(found),
        "map": map_of(found),
        "rows": rows_of(found),
        "every_url": query.but(state="").url,
    }
    return render(request, "national/national.html", context)


@require_safe
def national_csv(request: HttpRequest) -> StreamingHttpResponse:
    found = queries.national(read_national(request.GET))
    name = f"national-{timezone.localdate():%Y-%m-%d}.csv"
    lines = csv_lines(columns(found), exported(found))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=name)
