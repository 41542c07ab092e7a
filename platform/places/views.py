"""Suggestions for a "where" box; the box works without them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from places.domain.locating import Spot, locate
from places.towns import Town

MOST = 8


@require_safe
@cache_control(public=True, max_age=3600)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=` → the likeliest places and towns by name: at most eight, the group of the likeliest first."""
    found = locate(request.GET.get("q", "")).all[:MOST]
    first = isinstance(found[0], Town) if found else False
    ordered = sorted(found, key=lambda spot: isinstance(spot, Town) != first)
    return JsonResponse({"results": [_told(spot) for spot in ordered]})


def _told(spot: Spot) -> dict[str, str]:
    if isinstance(spot, Town):
        return {"code": spot.authority_code, "name": spot.label, "kind": "town", "slug": "", "group": _("Towns")}
    return {"code": spot.code, "name": spot.label, "kind": spot.kind, "slug": spot.slug, "group": _("Places")}
