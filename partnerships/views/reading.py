"""Partnerships as they are read: lists, the page, its history, and files to take away."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import coordinated_codes
from organisations.permissions import organisation_ids
from partnerships.domain.telling import seen
from partnerships.models import Partnership
from partnerships.permissions import can_propose, can_read_record, is_asked_to_join, left_for, reads_until
from partnerships.queries.exporting import ACTION_COLUMNS, LIST_COLUMNS, action_rows, list_rows, record
from partnerships.queries.joining import joining_page
from partnerships.queries.listing import WHICH, lines, partnerships
from partnerships.queries.showing import page_for
from partnerships.queries.versions import history_of
from partnerships.views.finding import agreed_partnership, read_partnership, seen_partnership
from partnerships.views.page import joining_context, page_context
from texts.exporting import csv_lines
from texts.paging import page_links
from texts.streaming import streamed

PAGE_SIZE = 30


def _which(request: HttpRequest) -> str:
    """One's own first; for who has none to have, those that everyone may read of."""
    asked = request.GET.get("which", "")
    if not request.user.is_authenticated:
        return "public"
    return asked if asked in WHICH else WHICH[0]


def _own(request: HttpRequest, which: str) -> tuple[int, ...]:
    """In the list of one's own some ask one to join, and some one has left."""
    return organisation_ids(request.user) if which == "own" else ()


@require_safe
@never_cache
def partnership_list(request: HttpRequest) -> HttpResponse:
    which = _which(request)
    labels = {"own": _("Yours"), "places": _("In your places"), "public": _("Public")}
    if not coordinated_codes(request.user):
        del labels["places"]
    rows = partnerships(request.user, which)
    page = Paginator(rows.only("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "which": which,
        "tabs": [(name, label, name == which) for name, label in labels.items()],
        "lines": lines(rows.filter(pk__in=[one.pk for one in page.object_list]), _own(request, which)),
        "number": page.paginator.count,
        "page": page_links(page.number, page.paginator.num_pages, lambda number: f"?which={which}&page={number}"),
        "can_propose": can_propose(request.user),
    }
    return render(request, "partnerships/list.html", context)


@require_safe
@never_cache
def list_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same list, one line each; no cell runs as a formula."""
    which = _which(request)
    site = request.build_absolute_uri("/")
    rows = list_rows(partnerships(request.user, which), site, public=which == "public", own=_own(request, which))
    return streamed(
        request,
        csv_lines(LIST_COLUMNS, rows),
        content_type="text/csv; charset=utf-8",
        filename=f"partnerships-{timezone.localdate():%Y-%m-%d}.csv",
    )


@require_safe
@never_cache
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """The record for parties and coordinators, the version that asks for who is asked to join; for everyone else its
    public summary."""
    found = seen_partnership(request, slug)
    if request.user.is_authenticated:
        seen(found, request.user)
    if not can_read_record(request.user, found):
        if is_asked_to_join(request.user, found):
            return render(request, "partnerships/joining.html", joining_context(joining_page(request.user, found)))
        if until := reads_until(request.user, found):
            return _agreed_once(request, found, until)
    page = page_for(request.user, found, timezone.localdate())
    if not can_read_record(request.user, found):
        return render(request, "partnerships/summary.html", {"page": page, "partnership": found})
    return render(request, "partnerships/partnership.html", page_context(page))


@require_safe
@never_cache
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version, what it changed, who agreed and who asked for something else."""
    found, until = agreed_partnership(request, slug)
    if not can_read_record(request.user, found):
        return _agreed_once(request, found, until)
    steps = history_of(found, until)
    return render(request, "partnerships/history.html", {"partnership": found, "steps": steps})


def _agreed_once(request: HttpRequest, found: Partnership, until: int) -> HttpResponse:
    """For who has left: what they agreed to, and the say they keep in whether everyone reads of it."""
    steps = history_of(found, until)
    given = set(found.consents.filter(withdrawn_at=None).values_list("organisation_id", flat=True))
    own = left_for(request.user, found)
    context = {
        "partnership": found,
        "steps": steps,
        "title": steps[0].version.title,
        "has_left": True,
        "to_consent": [one for one in own if one.pk not in given],
        "to_withdraw": [one for one in own if one.pk in given],
    }
    return render(request, "partnerships/history.html", context)


@require_safe
@never_cache
def record_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole record but the discussion."""
    found, until = agreed_partnership(request, slug)
    told = record(found, request.build_absolute_uri("/"), until)
    text = json.dumps(told, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.json"'
    return response


@require_safe
@never_cache
def actions_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    found = read_partnership(request, slug)
    return streamed(
        request,
        csv_lines(ACTION_COLUMNS, action_rows(found)),
        content_type="text/csv; charset=utf-8",
        filename=f"{found.slug}-actions.csv",
    )
