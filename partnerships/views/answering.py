"""What a party does with a partnership, and who is asked to join: each a form that posts `do`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError, Superseded
from partnerships.forms.answers import ActionForm, CloseForm, ForForm, LeaveForm
from partnerships.models import Partnership
from partnerships.permissions import acts_for_invited, can_read_record, is_asked_to_join, left_for, readers_of
from partnerships.queries.joining import joining_page
from partnerships.queries.showing import page_for
from partnerships.queries.speaking import speaks_for
from partnerships.views.deeds import DEEDS, OF_THE_INVITED
from partnerships.views.finding import answered_partnership, is_out, opened_at
from partnerships.views.page import joining_context, page_context

# What was done shows in a part of the page that is folded.
SHOWN_IN = {"act": "actions", "finish": "actions", "reopen": "actions", "consent": "does", "withdraw": "does"}
BOXES = ("ask", "leave", "decline", "close", "act")  # those with something to type


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: SignedInRequest, slug: str) -> HttpResponse:
    """One deed. What is refused comes back on the page, with what was typed. Who comes here from signing in, or by the
    address bar, is led to the page."""
    if request.method != "POST":
        return redirect("partnership", slug)
    name = request.POST.get("do", "")
    if name in ("leave", "decline") and is_out(request, slug):  # sent twice
        messages.success(request, _("You take no part, and the others know."))
        return redirect("partnerships")
    found = answered_partnership(request, slug)
    is_record = can_read_record(request.user, found)
    if not is_record and not is_asked_to_join(request.user, found):
        return _say_once_left(request, found)
    own, invited = speaks_for(request.user, found), acts_for_invited(request.user, found)
    if not own and not invited:
        raise PermissionDenied
    allowed = [name for name in DEEDS if own or name in OF_THE_INVITED]
    if name not in allowed:
        messages.error(request, _("Choose one of the buttons on this page."))
        return redirect(found)
    speaking = {"decline": invited}.get(name, [*own, *invited] if name in OF_THE_INVITED else own)
    return _done(request, found, name, speaking)


def _done(request: SignedInRequest, found: Partnership, name: str, speaking: list[Organisation]) -> HttpResponse:
    """`speaking`: the organisations of whom the person names the one they speak for."""
    form_class, deed = DEEDS[name]
    more: dict[str, Any] = {}
    if form_class in (ActionForm, LeaveForm):
        page = page_for(request.user, found, timezone.localdate())
        more = {"owners": page.owners} if form_class is ActionForm else {"at_once": page.leaves_at_once}
    form = form_class(request.POST, own=speaking, prefix=name, **more)
    if not form.is_valid():
        return _refused(request, found, name=name, form=form)
    if form_class is CloseForm and not form.cleaned_data["sure"] and found.closed_at is None:
        sure = CloseForm({**request.POST.dict(), "sure": "True"}, own=speaking, prefix=name)
        context = {"partnership": found, "parties": readers_of(found), "form": sure}
        return render(request, "partnerships/close.html", context)
    try:
        said = deed(found, {**form.cleaned_data, "user": request.user})
    except PartnershipError as error:
        latest = error.latest if isinstance(error, Superseded) else 0
        if latest:  # what was typed, to be sent again about the version that came in between
            form = form_class({**request.POST.dict(), "number": latest}, own=speaking, prefix=name, **more)
        form.add_error(None, str(error))
        return _refused(request, read_again(found), name=name, form=form, latest=latest)
    messages.success(request, said)
    now = read_again(found)
    is_out = not can_read_record(request.user, now) and not is_asked_to_join(request.user, now)
    return redirect("partnerships") if is_out else redirect(opened_at(found, SHOWN_IN.get(name, "")))


def _say_once_left(request: SignedInRequest, found: Partnership) -> HttpResponse:
    """Who has left still says whether everyone may read the summary, and nothing else."""
    own = left_for(request.user, found)
    name = request.POST.get("do", "")
    if not own or name not in ("consent", "withdraw"):
        raise PermissionDenied
    form = ForForm(request.POST, own=own, prefix=name)
    if not form.is_valid():
        messages.error(request, _("Choose one of the buttons on this page."))
        return redirect(found)
    messages.success(request, DEEDS[name][1](found, {**form.cleaned_data, "user": request.user}))
    return redirect(found)


def read_again(one: Partnership) -> Partnership:
    return Partnership.objects.select_related("stands").get(pk=one.pk)


def _refused(
    request: SignedInRequest, found: Partnership, *, name: str, form: ForForm, latest: int = 0
) -> HttpResponse:
    """The page as it is now. `latest`: the number of a version that came in between, to be read first."""
    problem = ""
    if name not in BOXES:
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
    given: dict[str, Any] = {"name": name, "form": form, "problem": problem}
    if can_read_record(request.user, found):
        context = page_context(page_for(request.user, found, timezone.localdate()), **given)
        return render(request, "partnerships/partnership.html", {**context, "latest": latest}, status=422)
    if not is_asked_to_join(request.user, found):  # no longer: what was typed has nobody to go to
        messages.error(request, problem or " ".join(str(error) for error in form.non_field_errors()))
        return redirect("partnerships")
    context = joining_context(joining_page(request.user, found), **given)
    return render(request, "partnerships/joining.html", {**context, "latest": latest}, status=422)
