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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from organisations.domain.errors import OrganisationError
from organisations.domain.merging import merge_organisations, undo_merge
from organisations.domain.proposing import set_aside, take_up
from organisations.duplicates.queries import merges_to_undo, proposals, side_by_side
from organisations.models import DuplicateProposal, Merge
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
    try:
        messages.success(request, _answered(proposal, request.POST.get("answer", ""), request.user))
    except OrganisationError as error:
        messages.error(request, str(error))
    return redirect("organisation-duplicates")


def _answered(proposal: DuplicateProposal, answer: str, user: User) -> str:
    """Do what was chosen, and what to say of it. Raises OrganisationError."""
    first, second = proposal.first, proposal.second
    names = {"first": first.name, "second": second.name}
    if answer == "first":
        merge_organisations(first, second, user=user)
        return _("“%(second)s” is merged into “%(first)s”. You can undo this for thirty days.") % names
    if answer == "second":
        merge_organisations(second, first, user=user)
        return _("“%(first)s” is merged into “%(second)s”. You can undo this for thirty days.") % names
    if answer == "apart":
        set_aside(proposal, user=user)
        return _("“%(first)s” and “%(second)s” stay two organisations.") % names
    if answer == "again":
        take_up(proposal, user=user)
        return _("“%(first)s” and “%(second)s” wait for a decision again.") % names
    raise OrganisationError(_("Choose one of the buttons beside the two organisations."))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merges(request: SignedInRequest) -> HttpResponse:
    """What was merged within thirty days, and undoing it."""
    if not can_decide_duplicates(request.user):
        raise PermissionDenied
    if request.method == "POST":
        wanted = request.POST.get("merge", "")
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
        merge = Merge.objects.select_related("gone").filter(pk=number).first()
        if merge is None:
            messages.error(request, _("Choose one of the merges in the list."))
            return redirect("organisation-merges")
        try:
            undo_merge(merge, user=request.user)
        except OrganisationError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(name)s” stands by itself again.") % {"name": merge.gone.name})
        return redirect("organisation-merges")
    return render(request, "organisations/merges.html", {"merges": merges_to_undo(Merge)})


def _address(state: str, page: int) -> str:
    return f"?page={page}" + (f"&state={state}" if state == State.APART else "")
