"""What everyone reads: the list, an initiative, a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.forms.browsing import read_browse_query
from initiatives.models import Dimension, Initiative
from initiatives.permissions import can_change_status, can_edit, can_see
from initiatives.queries.browsing import BrowseQuery, browse
from initiatives.queries.differing import draft_page
from initiatives.queries.hubs import hub, places_index
from initiatives.queries.merging import merged_into
from initiatives.queries.reading import initiative_page
from initiatives.queries.result_maps import browse_map
from initiatives.views.facets import chips, chips_on_map, facet_groups, groups_on_map, is_map, on_map
from initiatives.views.missing import tell_nothing_found
from places.models import PlaceKind
from places.queries import gazetteer
from places.requests import place_at
from texts.paging import page_links


@require_safe
@cached_for_visitors()
def initiative_list(request: HttpRequest) -> HttpResponse:
    if request.GET.get("q", "").strip():
        return redirect(f"{reverse('search')}?{request.GET.urlencode()}")
    asked = read_browse_query(request.GET)
    result = browse(asked.query)
    if not result.total and asked.query.page == 1 and not asked.where.faults:
        _tell_nothing_found(request, asked.query)
    groups, chosen = facet_groups(asked.query, result.facets), chips(asked.query)
    shown_map = browse_map(asked.query) if is_map(request.GET) else None
    return render(
        request,
        "initiatives/list.html",
        {
            "asked": asked,
            "query": asked.query,
            "result": result,
            "groups": groups_on_map(groups) if shown_map else groups,
            "chips": chips_on_map(chosen) if shown_map else chosen,
            "shown_map": shown_map,
            "list_url": asked.query.address(),
            "map_url": on_map(asked.query.address()),
            "page": page_links(result.page, result.pages, lambda number: asked.query.address(page=number)),
            "place": gazetteer()[asked.query.place],
        },
    )


def _tell_nothing_found(request: HttpRequest, query: BrowseQuery) -> None:
    tell_nothing_found(
        request,
        place=query.place,
        steps=(*query.values(Dimension.STAGE), *query.values(Dimension.TRANSITION)),
        support=query.values(Dimension.SUPPORT),
        address=query.address(),
    )


@require_safe
@cached_for_visitors()
def initiative_detail(request: HttpRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(Initiative.objects.select_related("lead_organisation"), slug=slug)
    if (kept := merged_into(initiative)) is not None:
        return redirect(kept)
    if not can_see(request.user, initiative):
        raise Http404
    page = initiative_page(initiative) if initiative.live else draft_page(initiative)
    return render(
        request,
        "initiatives/initiative.html",
        {
            "page": page,
            "initiative": page.initiative,
            "can_edit": can_edit(request.user, initiative),
            "can_change_status": can_change_status(request.user, initiative),
        },
    )


@require_safe
@cached_for_visitors()
def place_hub(request: HttpRequest, slug: str) -> HttpResponse:
    place = place_at(slug)
    return render(
        request, "initiatives/hub.html", {"hub": hub(place), "place": place, "kind_label": PlaceKind(place.kind).label}
    )


@require_safe
@cached_for_visitors()
def place_list(request: HttpRequest) -> HttpResponse:
    asked = read_browse_query(request.GET)
    if asked.query.where and not asked.where.notes:
        return redirect("place", slug=gazetteer()[asked.query.place].slug)
    noted = gazetteer()[asked.query.place]
    return render(request, "initiatives/places.html", {"index": places_index(), "asked": asked, "noted": noted})


@require_safe
def place_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """An address by code, today's or a former one, leads to the place of today."""
    found = gazetteer().resolve_code(code)
    if not found:
        raise Http404
    return redirect("place", slug=gazetteer()[found[0]].slug, permanent=True)
