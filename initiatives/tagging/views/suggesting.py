"""Suggestions for the box of tags; it works without them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from initiatives.tagging.forms import TextForm
from initiatives.tagging.queries.beginning import tags_typed


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=nee` → `{"results": [{"name": "not in education or work", "note": "for “neets”"}]}`: at most eight."""
    found = tags_typed(request.GET.get("q", ""))
    return JsonResponse({"results": [{"name": one.name, "note": one.note} for one in found]})


@login_required
@never_cache
@require_POST
def suggest_for_text(request: SignedInRequest) -> HttpResponse:
    """The wizard’s first page as it stands → a part with tags to tick. Nothing is kept."""
    form = TextForm(request.POST)
    form.is_valid()
    return render(request, "initiatives/tagging/suggested.html", {"suggested": form.suggested()})
