"""The moderators' page of register loads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from organisations.permissions import can_see_loads
from organisations.registers.reporting import loads, standings, told
from texts.paging import page_links

PAGE_SIZE = 20


@login_required
@never_cache
@require_safe
def register_loads(request: SignedInRequest) -> HttpResponse:
    """Which register was read from which file, by whom and when, what it changed, and what was left out and why."""
    if not can_see_loads(request.user):
        raise PermissionDenied
    page = Paginator(loads(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "standings": standings(),
        "loads": [told(load) for load in page.object_list],
        "page": page_links(page.number, page.paginator.num_pages, lambda number: f"?page={number}"),
    }
    return render(request, "organisations/registers/loads.html", context)
