"""What was looked for in a place and not found."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import is_moderator
from accounts.requests import SignedInRequest
from partnerships.history.permissions import can_see_looked_for
from partnerships.history.queries.looked_for import LEAST, looked_for
from places.requests import place_at


@login_required
@require_safe
@never_cache
def of_place(request: SignedInRequest, slug: str) -> HttpResponse:
    place = place_at(slug)
    if not can_see_looked_for(request.user, place.code):
        raise PermissionDenied
    context = {
        "place": place,
        "missed": looked_for(place),
        "least": LEAST,
        "confirms_inside": is_moderator(request.user),
    }
    return render(request, "history/looked_for.html", context)
