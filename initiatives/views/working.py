"""What one's own organisations have registered, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import coordinated_codes
from accounts.requests import SignedInRequest
from initiatives.domain.claiming import claim_initiative
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.running import confirm_running, end_initiative, pause_initiative, reopen_initiative
from initiatives.models import Initiative
from initiatives.permissions import can_edit, can_see
from initiatives.queries.states import history_of, work_to_do
from organisations.queries import memberships_of
from places.queries import gazetteer

_VERBS = {
    "pause": pause_initiative,
    "end": end_initiative,
    "reopen": reopen_initiative,
    "confirm": confirm_running,
}


@login_required
@never_cache
@require_safe
def dashboard(request: SignedInRequest) -> HttpResponse:
    coordinated = sorted((gazetteer()[code] for code in coordinated_codes(request.user)), key=lambda place: place.name)
    context = {
        "work": work_to_do(request.user),
        "memberships": memberships_of(request.user),
        "coordinated": coordinated,
    }
    return render(request, "initiatives/work/dashboard.html", context)


@login_required
@require_POST
def change_status(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pause, end, reopen or confirm."""
    initiative = get_object_or_404(Initiative.objects.select_related("lead_organisation"), pk=pk)
    if not can_edit(request.user, initiative):
        raise Http404
    verb = _VERBS.get(request.POST.get("do", ""))
    if verb is None:
        messages.error(request, _("Choose one: pause, end, reopen or still running."))
        return redirect("dashboard")
    try:
        verb(initiative, user=request.user)
    except InitiativeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. “%(title)s” says so now.") % {"title": initiative.title})
    return redirect(initiative.get_absolute_url() if initiative.live else "dashboard")


@login_required
@never_cache
@require_safe
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every step of an initiative, for those who may edit it."""
    initiative = get_object_or_404(Initiative.objects.select_related("lead_organisation"), pk=pk)
    if not can_edit(request.user, initiative):
        raise Http404
    return render(
        request, "initiatives/work/history.html", {"initiative": initiative, "entries": history_of(initiative)}
    )


@login_required
@require_POST
def claim(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an imported initiative over for its organisation."""
    initiative = get_object_or_404(Initiative.objects.select_related("lead_organisation"), pk=pk)
    if not can_see(request.user, initiative):
        raise Http404
    try:
        claim_initiative(initiative, request.user)
    except NotAllowed:
        raise PermissionDenied from None
    except InitiativeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("“%(title)s” is yours to look after now.") % {"title": initiative.title})
    return redirect(initiative.get_absolute_url())
