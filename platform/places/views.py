"""Suggestions for a "where" box; the box works without them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.finding import find_places

MOST = 8


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=` → the likeliest places by name: at most eight."""
    places = find_places(request.GET.get("q", ""), limit=MOST)
    results = [{"code": place.code, "name": place.label, "kind": place.kind, "slug": place.slug} for place in places]
    return JsonResponse({"results": results})
