"""Confirming that nobody does something in a place, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from partnerships.coverage.asking import JourneyQuery
from partnerships.coverage.domain.confirming import confirm_none, withdraw_confirmation
from partnerships.coverage.domain.errors import ConfirmingError, NotAllowed
from partnerships.coverage.forms import ConfirmForm
from partnerships.coverage.permissions import can_confirm
from places.requests import place_at
from texts.choosing import pk_asked


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: SignedInRequest, slug: str) -> HttpResponse:
    """The form, filled by `?step=…&support=…`; what was typed is shown again where it cannot be kept."""
    place = place_at(slug)
    if not can_confirm(request.user, place.code):
        raise PermissionDenied
    if request.method != "POST":
        form = ConfirmForm(initial={name: request.GET.get(name, "") for name in ("step", "support")})
        return render(request, "coverage/confirm.html", {"form": form, "place": place})
    form = ConfirmForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            kept = confirm_none(place, said["step"], said["support"], user=request.user, note=said["note"])
        except NotAllowed as error:
            raise PermissionDenied from error
        except ConfirmingError as error:
            form.add_error(None, str(error))
        else:
            told = _("Kept, with your name. It stands until %(day)s, or until something starts here.")
            messages.success(request, told % {"day": date_format(kept.lapses_on)})
            return redirect(JourneyQuery((place,), step=kept.step, support=kept.support).list_url)
    return render(request, "coverage/confirm.html", {"form": form, "place": place}, status=422)


@require_POST
@login_required
@never_cache
def withdraw(request: SignedInRequest, slug: str) -> HttpResponse:
    """`confirmation`: which of this place's."""
    place = place_at(slug)
    pk = pk_asked(request.POST.get("confirmation", ""))
    try:
        done = withdraw_confirmation(place, pk, user=request.user)
    except NotAllowed as error:
        raise PermissionDenied from error
    if done:
        messages.success(request, _("Taken back. That it was said, and when, stays in the history."))
    else:
        messages.info(request, _("Nothing of that kind stands here any more."))
    return redirect("journey", place.slug)
