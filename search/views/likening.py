"""What reads like an initiative: a page, and the same as a part of the initiative's own page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.models import Initiative
from search.domain.likening import like


@require_safe
@cached_for_visitors()
def more_like(request: HttpRequest, slug: str) -> HttpResponse:
    """`?part=1` gives the list alone, for the page that shows it within itself."""
    initiative = get_object_or_404(Initiative, slug=slug, live=True)
    template = "search/parts/like.html" if request.GET.get("part") == "1" else "search/like.html"
    return render(request, template, {"initiative": initiative, "cards": like(initiative)})
