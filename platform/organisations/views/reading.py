"""The list of organisations and one organisation's page."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from organisations.duplicates.queries import merged_into
from organisations.identifiers import register_page
from organisations.models import Organisation
from organisations.permissions import (
    can_ask_to_join,
    can_claim,
    can_edit_organisation,
    can_see_organisation,
    can_see_people,
)
from organisations.queries import OrganisationQuery, identifiers_of, public_organisations, standing_claim
from organisations.registers.queries import entries_of
from places.forms import Where, read_where
from texts.cleaning import clean_line
from texts.paging import page_asked, page_links
from texts.vocabulary import OrganisationKind

PAGE_SIZE = 30


def _asked(given: QueryDict) -> tuple[OrganisationQuery, Where]:
    """The question of an address; what cannot be used is left out, a place that is none is said."""
    words = tuple(clean_line(given.get("q", ""))[:120].split()[:6])
    kinds = tuple(kind for kind in given.getlist("kind")[:20] if kind in OrganisationKind.values)
    where = read_where(clean_line(given.get("place", "")))
    page = page_asked(given.get("page", ""))
    return OrganisationQuery(words, kinds, where.code if where.typed else "", page), where


def _address(given: QueryDict, page: int) -> str:
    asked = given.copy()
    asked["page"] = str(page)
    return "?" + asked.urlencode()


@require_safe
@cached_for_visitors()
def organisation_list(request: HttpRequest) -> HttpResponse:
    query, where = _asked(request.GET)
    page = Paginator(public_organisations(query), PAGE_SIZE).get_page(query.page)
    context = {
        "query": query,
        "q": " ".join(query.words),
        "where": where,
        "place": where.place if where.typed else None,
        "kinds": OrganisationKind.choices,
        "organisations": page.object_list,
        "total": page.paginator.count,
        "page": page_links(page.number, page.paginator.num_pages, partial(_address, request.GET)),
    }
    return render(request, "organisations/list.html", context)


@require_safe
@cached_for_visitors()
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.select_related("place"), slug=slug)
    if not organisation.is_public and (kept := merged_into(organisation)) is not None:
        return redirect(kept)
    if not can_see_organisation(request.user, organisation):
        raise Http404
    identifiers = identifiers_of(organisation)
    context = {
        "organisation": organisation,
        "identifiers": [(one, register_page(one.scheme, one.value)) for one in identifiers],
        "entries": entries_of(identifiers),
        "can_edit": can_edit_organisation(request.user, organisation),
        "can_see_people": can_see_people(request.user, organisation),
        "can_claim": can_claim(request.user, organisation),
        "verified": standing_claim(organisation),
        "can_ask": can_ask_to_join(request.user, organisation),
    }
    return render(request, "organisations/organisation.html", context)
