"""The moderators' page of organisations that may stand here twice."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from organisations.domain.proposing import set_aside, take_up
from organisations.duplicates.queries import proposals, side_by_side
from organisations.models import DuplicateProposal
from organisations.permissions import can_decide_duplicates
from texts.paging import page_links

PAGE_SIZE = 20
State = DuplicateProposal.State


@login_required
@never_cache
@require_safe
def duplicates(request: SignedInRequest) -> HttpResponse:
    """What waits for a decision; with `?state=apart` what was set aside."""
    if not can_decide_duplicates(request.user):
        raise PermissionDenied
    state = State.APART if request.GET.get("state") == State.APART else State.OPEN
    page = Paginator(proposals(state), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "proposed": side_by_side(list(page.object_list)),
        "total": page.paginator.count,
        "aside": state == State.APART,
        "page": page_links(page.number, page.paginator.num_pages, partial(_address, state)),
    }
    return render(request, "organisations/duplicates.html", context)


@login_required
@never_cache
@require_POST
def duplicate_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """“Not the same”, or once more. An answer that is none changes nothing and says so."""
    if not can_decide_duplicates(request.user):
        raise PermissionDenied
    proposal = get_object_or_404(DuplicateProposal.objects.select_related("first", "second"), pk=pk)
    names = {"first": proposal.first.name, "second": proposal.second.name}
    answer = request.POST.get("answer")
    if answer == "apart":
        set_aside(proposal, user=request.user)
        messages.success(request, _("“%(first)s” and “%(second)s” stay two organisations.") % names)
    elif answer == "again":
        take_up(proposal, user=request.user)
        messages.success(request, _("“%(first)s” and “%(second)s” wait for a decision again.") % names)
    else:
        messages.error(request, _("Choose one of the buttons beside the two organisations."))
    return redirect("organisation-duplicates")


def _address(state: str, page: int) -> str:
    return f"?page={page}" + (f"&state={state}" if state == State.APART else "")
