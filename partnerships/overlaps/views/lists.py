"""What is close to an initiative, to an organisation's work, and in a place: pages, and the same as parts of others."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.models import Initiative
from organisations.models import Organisation
from partnerships.overlaps.queries.pairs import missing_handovers_in, overlaps_in, pairs_of, pairs_of_organisation
from partnerships.overlaps.queries.showing import shown
from places.requests import place_at

OF_INITIATIVE, OF_ORGANISATION, IN_PLACE, IN_PART = 20, 30, 20, 3


def _is_part(request: HttpRequest) -> bool:
    """`?part=1` gives the list alone, shorter, for the page that shows it within itself."""
    return request.GET.get("part") == "1"


@require_safe
@cached_for_visitors()
def close_to(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(Initiative, slug=slug, live=True)
    pairs = list(pairs_of([initiative.pk])[: 4 if _is_part(request) else OF_INITIATIVE])
    context = {"initiative": initiative, "pairs": shown(pairs, seen_from=[initiative.pk])}
    template = "overlaps/parts/close.html" if _is_part(request) else "overlaps/close.html"
    return render(request, template, context)


@require_safe
@cached_for_visitors()
def close_to_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug, is_public=True)
    pairs = list(pairs_of_organisation(organisation.pk)[: 4 if _is_part(request) else OF_ORGANISATION])
    led = Initiative.objects.filter(lead_organisation=organisation).values_list("pk", flat=True)
    context = {"organisation": organisation, "pairs": shown(pairs, seen_from=led)}
    template = "overlaps/parts/close.html" if _is_part(request) else "overlaps/organisation.html"
    return render(request, template, context)


@require_safe
@cached_for_visitors()
def close_in_place(request: HttpRequest, slug: str) -> HttpResponse:
    place = place_at(slug)
    most = IN_PART if _is_part(request) else IN_PLACE
    overlaps, handovers = list(overlaps_in(place.code)[:most]), list(missing_handovers_in(place.code)[:most])
    every = shown([*overlaps, *handovers])
    kept = {one.pair.pk: one for one in every}
    context = {
        "place": place,
        "overlaps": [kept[pair.pk] for pair in overlaps if pair.pk in kept],
        "handovers": [kept[pair.pk] for pair in handovers if pair.pk in kept],
    }
    template = "overlaps/parts/place.html" if _is_part(request) else "overlaps/place.html"
    return render(request, template, context)
