"""Suggestions for the box of words; it works without them."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search.domain.suggesting import suggest as suggestions


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=` → at most eight: the group each stands in, its name and its address."""
    return JsonResponse({"results": [asdict(one) for one in suggestions(request.GET.get("q", ""))]})
