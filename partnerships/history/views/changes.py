"""What opened, ended and changed in a place: as a page, as a feed, and having read it."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from accounts.visitors import cached_for_visitors
from partnerships.history.asking import read_changes, read_moment
from partnerships.history.domain.watching import follow_place, mark_changes_read
from partnerships.history.feeding import feed_of
from partnerships.history.kinds import Group
from partnerships.history.queries.events import events_in
from partnerships.history.queries.showing import shown
from partnerships.history.queries.watching import watching
from places.requests import place_at
from texts.paging import fitting, page_links

PAGE_SIZE = 30


@require_safe
@cached_for_visitors()
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Since the reader's last visit; of a visitor's since thirty days. `?since=2026-10-01` says otherwise."""
    place = place_at(slug)
    watch = watching(request.user, place)
    query = read_changes(request.GET, place, read_at=watch.read_at)
    now = timezone.now()
    found = events_in(place, query.since, now)
    chosen = found.of(query.group)
    page, pages = fitting(query.page, len(chosen), PAGE_SIZE)
    groups = [("", _("All"), len(found.events)), *((one.value, one.label, found.number(one)) for one in Group)]
    context = {
        "place": place,
        "query": query,
        "watch": watch,
        "rows": shown(place, chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        "total": len(chosen),
        "made_at": now.isoformat(),
        "more": found.more,
        "groups": [(label, number, query.address(group=name), name == query.group) for name, label, number in groups],
        "page": page_links(page, pages, lambda number: query.address(page=number)),
    }
    return render(request, "history/changes.html", context)


@require_POST
@login_required
@never_cache
def do(request: SignedInRequest, slug: str) -> HttpResponse:
    """`do`: read, follow, or stop."""
    place = place_at(slug)
    deed = request.POST.get("do", "")
    if deed == "read":
        made_at = read_moment(request.POST.get("made_at", ""))
        if made_at is None:
            messages.info(request, _("Nothing was marked as read. Look at the page as it is now, and press again."))
        else:
            mark_changes_read(place, user=request.user, up_to=made_at)
            messages.success(request, _("Marked as read. Next time this page begins here."))
    elif deed in ("follow", "stop"):
        follow_place(place, user=request.user, follows=deed == "follow")
        told = _("You follow %(place)s: each Monday you hear what changed there, if anything did.")
        stopped = _("You follow %(place)s no more.")
        messages.success(request, (told if deed == "follow" else stopped) % {"place": place.name})
    else:
        messages.info(request, _("Nothing was changed: use the buttons on this page."))
    return redirect("place-changes", place.slug)


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """As Atom. Asked again with the mark it was given, it says that nothing is new."""
    response = _feed(request, slug)
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@cached_for_visitors()
def _feed(request: HttpRequest, slug: str) -> HttpResponse:
    content = feed_of(place_at(slug), request.build_absolute_uri("/"))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
