"""A place on one page of A4, for a board."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from partnerships.briefing.queries import briefing
from partnerships.coverage.drawing import strip
from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.places import led_on, read_place, successors_of
from partnerships.coverage.words import support_name
from places.queries import gazetteer
from texts.slugs import page_of


@require_safe
@cached_for_visitors()
def briefing_of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """The address of a former place leads to what took its place."""
    place = gazetteer().by_slug(slug)
    if place is None:
        found = successors_of(slug)
        if len(found) == 1:
            return redirect(f"{page_of('briefing', found[0].slug)}?was={slug}")
        if found:
            return redirect(led_on(slug))
        raise Http404
    told = briefing(place)
    context = {
        "place": place,
        "briefing": told,
        "journey": told.journey,
        "strip": strip(told.journey),
        "heads": [support_name(support) for support in SUPPORTS],
        "today": timezone.localdate(),
        "address": request.build_absolute_uri(page_of("briefing", place.slug)),
        "notes": read_place(request.GET, place).notes,
    }
    return render(request, "briefing/briefing.html", context)
