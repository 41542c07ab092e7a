"""The broken chains of a place, the same as a file, and the click that introduces two."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from accounts.visitors import cached_for_visitors
from initiatives.queries.listed import listed
from partnerships.chains.asking import read_query
from partnerships.chains.domain.errors import IntroducingError, NotAllowed
from partnerships.chains.domain.introducing import introduce
from partnerships.chains.exporting import COLUMNS, exported
from partnerships.chains.queries.broken import breaks
from partnerships.chains.queries.own import own_of
from partnerships.chains.queries.showing import PAGE_SIZE, choices, shown, transitions
from places.requests import place_at
from texts.choosing import pk_asked
from texts.exporting import csv_lines
from texts.paging import fitting, page_links
from texts.streaming import streamed


@require_safe
@cached_for_visitors()
def chains(request: HttpRequest, slug: str) -> HttpResponse:
    found = breaks(read_query(request.GET, place_at(slug)))
    query = found.query  # of much there is only one transition
    number, pages = fitting(query.page, len(found.rows), PAGE_SIZE)
    rows = found.rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    groups = shown(found, rows, request.user)
    context = {
        "query": query,
        "found": found,
        "place": query.place,
        "total": len(found.rows),
        "groups": groups,
        "others": any(found.shown.values()),
        "may_introduce": any(one.may_introduce for group in groups for row in group.rows for one in row.candidates),
        "choices": choices(found),
        "transitions": transitions(found),
        "page": page_links(number, pages, query.page_url),
        "farther": query.but(far=not query.far).url,
    }
    return render(request, "chains/chains.html", context)


@require_safe
def chains_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    query = read_query(request.GET, place_at(slug))
    name = f"chains-{query.place.slug}-{query.show or 'ends'}-{timezone.localdate():%Y-%m-%d}.csv"
    lines = csv_lines(COLUMNS, exported(breaks(query), settings.SITE_URL))
    return streamed(request, lines, content_type="text/csv; charset=utf-8", filename=name)


@require_safe
@cached_for_visitors()
def chain_of(request: HttpRequest, slug: str) -> HttpResponse:
    """What is missing before and after an initiative; `?part=1` the list alone, for its own page."""
    initiative = get_object_or_404(listed(), slug=slug)
    template = "chains/parts/of.html" if request.GET.get("part") == "1" else "chains/of.html"
    return render(request, template, {"initiative": initiative, "own": own_of(initiative)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def chains_introduce(request: SignedInRequest, slug: str) -> HttpResponse:
    """`one`: whose chain breaks; `other`: who could mend it; `show`, `at`, `far` as the page has them. Who comes from
    signing in sees the page."""
    if request.method != "POST":
        return redirect("chains", slug)
    query = read_query(request.POST, place_at(slug))
    one, other = (pk_asked(request.POST.get(name, "")) for name in ("one", "other"))
    try:
        return redirect(introduce(query, one, other, user=request.user).get_absolute_url())
    except NotAllowed as error:
        raise PermissionDenied from error
    except IntroducingError as error:
        messages.error(request, str(error))
        return redirect(query.url)
