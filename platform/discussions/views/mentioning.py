"""Who may be mentioned in a thread, while somebody types."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from discussions.permissions import can_post
from discussions.queries.mentioning import suggested
from discussions.views.finding import readable_thread
from texts.cleaning import clean_line

_LONGEST = 60


@login_required
@require_safe
@never_cache
def mentionable(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?q=an` → `{"results": [{"key": "p5", "name": "Anna Smith", "byline": …, "group": "People"}]}`, at most eight."""
    thread = readable_thread(request, pk)
    if not can_post(request.user, thread):
        raise PermissionDenied
    found = suggested(thread, user=request.user, typed=clean_line(request.GET.get("q", ""))[:_LONGEST])
    people, organisations = _("People"), _("Organisations")
    results = [
        {
            "key": one.key,
            "name": one.name,
            "byline": one.byline,
            "group": people if one.is_person else organisations,
        }
        for one in found
    ]
    return JsonResponse({"results": results})
