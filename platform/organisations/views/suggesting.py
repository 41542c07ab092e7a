"""Suggestions for boxes with names of organisations; they work without them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from organisations.queries import beginning_with


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=iron` → `{"results": [{"name": "Ironstone Academy"}]}`: at most eight, public ones alone."""
    return JsonResponse({"results": [{"name": name} for name in beginning_with(request.GET.get("q", ""))]})
