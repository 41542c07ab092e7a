"""The page on which an action is said otherwise, or taken off the list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from partnerships.domain.acting import change_action, remove_action
from partnerships.domain.errors import PartnershipError
from partnerships.forms.answers import ActionForm
from partnerships.models import Action
from partnerships.permissions import can_change_action, readers_of
from partnerships.queries.speaking import speaks_for
from partnerships.views.finding import opened_at, read_partnership


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """For whose action it is and for who wrote it; one that is done is opened again first."""
    found = read_partnership(request, slug)
    action = get_object_or_404(Action.objects.select_related("owner"), partnership=found, pk=pk)
    own = speaks_for(request.user, found)
    if not own or not can_change_action(request.user, action):
        raise PermissionDenied
    speaking = next((one for one in own if one == action.owner), own[0])
    owners = readers_of(found)
    initial = {"text": action.text, "owner": action.owner_id, "due_on": action.due_on}
    form = ActionForm(request.POST or None, own=[speaking], owners=owners, prefix="act", initial=initial)
    try:
        if request.method == "POST" and request.POST.get("do") == "remove":
            remove_action(found, pk=pk, user=request.user, organisation=speaking)
            messages.success(request, _("It is off the list."))
            return redirect(opened_at(found, "actions"))
        if request.method == "POST" and form.is_valid():
            change_action(found, pk=pk, user=request.user, **form.cleaned_data)
            messages.success(request, _("Changed."))
            return redirect(opened_at(found, "actions"))
    except PartnershipError as error:
        form.full_clean()
        form.add_error(None, str(error))
    context = {"partnership": found, "action": action, "form": form}
    return render(request, "partnerships/action.html", context, status=200 if request.method != "POST" else 422)
