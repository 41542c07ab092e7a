"""Any search as a file or a feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from search.domain.exporting import COLUMNS, exported_rows
from search.domain.searching import search
from search.domain.showing import show
from search.forms import read_search
from search.query import Sort
from texts.exporting import csv_lines
from texts.streaming import streamed

FEED_LENGTH = 20


def _name(ending: str) -> str:
    return f"stepping-stones-{timezone.localdate():%Y-%m-%d}.{ending}"


@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everything a search finds, one line each; no cell runs as a formula."""
    rows = exported_rows(read_search(request.GET).query, request.build_absolute_uri("/"))
    lines = csv_lines(COLUMNS, ([row[column] for column in COLUMNS] for row in rows))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=_name("csv"))


@require_safe
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a list in JSON, an object each."""
    rows = exported_rows(read_search(request.GET).query, request.build_absolute_uri("/"))
    return streamed(request, _as_list(rows), content_type="application/json", filename=_name("json"))


def _as_list(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield f"{before}\n{json.dumps(row, ensure_ascii=False, default=str)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


@require_safe
@cached_for_visitors()
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of what a search finds, as Atom."""
    query = replace(read_search(request.GET).query, sort=Sort.NEWEST, page=1)
    answer = search(query, facets=False)
    page = request.build_absolute_uri(reverse("search") + query.address())
    made = Atom1Feed(
        title=_("Stepping Stones: %(words)s") % {"words": query.words or _("initiatives")},
        link=page,
        description="",
        feed_url=request.build_absolute_uri(),
        language="en-gb",
    )
    for one in show(answer)[:FEED_LENGTH]:
        made.add_item(
            title=one.plain_title,
            link=request.build_absolute_uri(one.url),
            description="".join(text for text, _marked in one.extract),
            author_name=one.byline,
            pubdate=datetime.fromtimestamp(one.hit.published, UTC),
            updateddate=datetime.fromtimestamp(one.hit.published, UTC),
            unique_id=request.build_absolute_uri(one.url),
            categories=[str(label) for label in chain(one.labels, one.badges)],
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
