"""Two initiatives side by side: what they are to each other, why, and what can be done about it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from discussions.domain.errors import DiscussionError
from discussions.domain.rendering import render_post
from discussions.permissions import can_read
from partnerships.overlaps.domain.introducing import begin_talk, draft_talk, other_talks, proposal_url, talk_of
from partnerships.overlaps.forms import form_for
from partnerships.overlaps.models import pair_url
from partnerships.overlaps.permissions import can_introduce
from partnerships.overlaps.queries.comparing import Compared, beside, compared
from partnerships.overlaps.queries.judged import judged

LARGEST = 2**63  # an id that no database has


@require_safe
@never_cache
def pair(request: HttpRequest, low: int, high: int) -> HttpResponse:
    if low > high:  # as somebody typed or wrote it elsewhere
        return redirect(pair_url(low, high))
    found = _found(low, high)
    talk = talk_of(low, high)
    said = judged(*found.initiatives, request.user)
    may_talk = can_introduce(request.user, *found.initiatives)
    draft = draft_talk(found.shown, found.initiatives, request.user) if may_talk and not talk else None
    context = {
        "judged": said,
        "form": form_for(said),
        "compared": found,
        "shown": found.shown,
        "propose": proposal_url(found.shown),
        "rows": beside(found.shown.one, found.shown.other),
        "may_talk": may_talk,
        "draft": draft,
        "draft_html": mark_safe(render_post(draft.text)) if draft else "",  # noqa: S308 -- made as a post's is
        "others": other_talks(found.initiatives, request.user) if draft else (),
        "talk": talk if talk and can_read(request.user, talk) else None,
    }
    return render(request, "overlaps/pair.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pair_talk(request: SignedInRequest, low: int, high: int) -> HttpResponse:
    """Begin the talk of the two organisations, or go to the one there is. Who comes from signing in sees the pair."""
    if request.method != "POST":
        return redirect("pair", low, high)
    found = _found(low, high)
    if not can_introduce(request.user, *found.initiatives):
        raise PermissionDenied
    try:
        return redirect(begin_talk(found.shown, user=request.user).get_absolute_url())
    except DiscussionError as error:
        messages.error(request, str(error))
        return redirect("pair", low, high)


def _found(low: int, high: int) -> Compared:
    found = compared(low, high) if low < high < LARGEST else None
    if found is None:
        raise Http404
    return found
