"""The page of results, and the same as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from initiatives.models import Dimension
from initiatives.views.facets import chips_on_map, groups_on_map, is_map, on_map
from initiatives.views.missing import tell_nothing_found
from places.domain.locating import Spot, locate
from places.queries import gazetteer
from search.domain.besides import Besides, address_of, besides
from search.domain.explaining import explain
from search.domain.mapping import MAPPED, map_of_answer
from search.domain.proposing import propose
from search.domain.saying import heading, number_of, sentence
from search.domain.searching import Answer, number_of_others, search
from search.domain.showing import show
from search.forms import Asked, read_search
from search.kinds.base import Shown
from search.permissions import can_see_why
from search.query import Facet, SearchQuery, What
from search.views.narrowing import Choice, chips, groups, orders, radii
from search.words import parse_words
from texts.paging import page_links

_PLACES = 3
# What the browse list can be narrowed by: its numbers are kept, so it answers what has no words.
_BROWSED = {dimension.value for dimension in Dimension}


def _is_browsing(asked: Asked) -> bool:
    """No words, no radius, nothing that the list of initiatives does not know."""
    query = asked.query
    plain = not (query.words or query.miles or asked.faults or query.sort) and query.what == What.INITIATIVES
    return plain and all(facet.value in _BROWSED for facet, _values in query.chosen)


@require_safe
@cached_for_visitors()
def results(request: HttpRequest) -> HttpResponse:
    asked = read_search(request.GET)
    if _is_browsing(asked):
        address = asked.query.address(match="all", exact=False)
        return HttpResponseRedirect(reverse("initiatives") + (on_map(address) if is_map(request.GET) else address))
    answer = search(asked.query)
    if not answer.results.total:
        _tell_nothing_found(request, asked)
    context = _context(asked, answer)
    if is_map(request.GET) and answer.results.total and asked.query.what in MAPPED:
        context |= {
            "shown_map": map_of_answer(answer),
            "groups": groups_on_map(context["groups"]),
            "chips": chips_on_map(context["chips"]),
        }
    if can_see_why(request.user):
        context["why"] = explain(answer)
    return render(request, "search/results.html", context)


def _tell_nothing_found(request: HttpRequest, asked: Asked) -> None:
    query = asked.query
    if query.what == What.INITIATIVES and query.page == 1 and not asked.faults:
        tell_nothing_found(
            request,
            place=query.place,
            steps=(*query.values(Facet.STAGE), *query.values(Facet.TRANSITION)),
            support=query.values(Facet.SUPPORT),
            address=query.address(),
        )


def _context(asked: Asked, answer: Answer) -> dict[str, Any]:
    query, found = asked.query, answer.results
    return {
        "asked": asked,
        "query": query,
        "answer": answer,
        "shown": show(answer),
        "heading": heading(query),
        "number": number_of(query, found.total),
        "says": sentence(query),
        "proposals": None if found.total else propose(query),
        "place": gazetteer()[query.place],
        "groups": groups(query, found.facets),
        "chips": chips(query),
        "orders": orders(query),
        "radii": radii(query),
        "kinds": _kinds(query, found.total, answer),
        "places": _places(query),
        "besides": besides(parse_words(answer.corrected or query.words)) if query.page == 1 else Besides(),
        "exact_url": query.address(exact=True, page=1),
        "page": page_links(found.page, found.pages, lambda number: query.address(page=number)),
        "address": query.address(page=1),
        "can_map": query.what in MAPPED and found.total > 0,
        "list_url": query.address(page=1),
        "map_url": on_map(query.address(page=1)),
    }


def _kinds(query: SearchQuery, total: int, answer: Answer) -> list[Choice]:
    """Initiatives and organisations, each with how many answer the words and place."""
    shown = []
    for what in What:
        asked = replace(query, what=what, chosen=(), sort=None, page=1)
        number = total
        if what != query.what:
            number = number_of_others(answer, asked)
        shown.append(Choice(str(what.label), asked.address(), what == query.what, number))
    return shown


def _places(query: SearchQuery) -> list[tuple[Spot, str]]:
    """Places and towns whose name is what was typed, for who looks for one in the box for what; each with its page."""
    if not query.words or query.page > 1:
        return []
    return [(spot, address_of(spot)) for spot in locate(query.words).sure if _is_called(spot, query.words)][:_PLACES]


def _is_called(spot: Spot, words: str) -> bool:
    return words.casefold() in (spot.name.casefold(), spot.name_cy.casefold())


@require_safe
@cached_for_visitors()
def results_json(request: HttpRequest) -> JsonResponse:
    """One page of results with every count, for programs."""
    asked = read_search(request.GET)
    answer = search(asked.query)
    site = request.build_absolute_uri("/").rstrip("/")
    return JsonResponse(
        {
            "address": site + reverse("search") + asked.query.address(),
            "total": answer.results.total,
            "page": answer.results.page,
            "pages": answer.results.pages,
            "corrected": answer.corrected,
            "faults": list(asked.faults),
            "results": [_as_json(site, one) for one in show(answer)],
            "facets": {facet.value: dict(counts) for facet, counts in answer.results.facets.items()},
        }
    )


def _as_json(site: str, one: Shown) -> dict[str, Any]:
    return {
        "title": one.plain_title,
        "url": site + one.url,
        "extract": "".join(text for text, _marked in one.extract),
        "by": one.byline,
        "place": one.place,
        "stages": list(one.labels),
        "miles": None if one.hit.miles is None else round(one.hit.miles, 1),
        "is_local": one.hit.is_local,
    }
