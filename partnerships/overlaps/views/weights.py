"""How much each part weighs, what that was learned from, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from partnerships.overlaps.domain.learning import FEWEST
from partnerships.overlaps.domain.relearning import turn_back
from partnerships.overlaps.forms import TurnBackForm
from partnerships.overlaps.permissions import can_see_weights, can_turn_back
from partnerships.overlaps.queries.weighing import current_weights, history, lesson, tables


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def overlap_weights(request: SignedInRequest) -> HttpResponse:
    if not can_see_weights(request.user) or (request.method == "POST" and not can_turn_back(request.user)):
        raise PermissionDenied
    form = TurnBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        turn_back(form.cleaned_data["weighting"], user=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("These weights are in use from now on. All pairs are being found anew."))
        return redirect("overlap-weights")
    context = {
        "form": form,
        "tables": tables(current_weights()),
        "history": history(),
        "lesson": lesson(),
        "fewest": FEWEST,
        "may_turn_back": can_turn_back(request.user),
    }
    return render(request, "overlaps/weights.html", context, status=422 if form.errors else 200)
