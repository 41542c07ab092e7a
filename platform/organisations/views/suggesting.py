"""Suggestions for boxes with names of organisations; they work without them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from organisations.models import Organisation
from organisations.permissions import can_edit_organisation
from organisations.queries import beginning_with
from organisations.registers.picking import offers
from texts.cleaning import clean_line


@require_safe
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=iron` → `{"results": [{"name": "Ironstone Academy"}]}`: at most eight, public ones alone."""
    return JsonResponse({"results": [{"name": name} for name in beginning_with(request.GET.get("q", ""))]})


@login_required
@require_safe
@cache_control(private=True, max_age=60)
def suggest_entries(request: SignedInRequest) -> JsonResponse:
    """`?q=ayresome` → at most eight register entries: name, what tells it apart, where picking it leads.

    With `&for=` an organisation that the person may change, it leads to that one's form.
    """
    slug = clean_line(request.GET.get("for", ""))
    editing = Organisation.objects.filter(slug=slug).first() if slug else None
    if editing is not None and not can_edit_organisation(request.user, editing):
        editing = None
    found = offers(request.GET.get("q", ""), request.GET.get("next", ""), editing=editing)
    return JsonResponse({"results": [{"name": one.name, "note": one.note, "url": one.url} for one in found]})
