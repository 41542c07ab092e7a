"""What a party does with a partnership: each a form that posts `do`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from partnerships.domain.acting import add_action, finish_action
from partnerships.domain.agreeing import agree, ask_for_change
from partnerships.domain.closing import close
from partnerships.domain.consenting import change_consent
from partnerships.domain.errors import PartnershipError, Superseded
from partnerships.domain.leaving import leave, stay
from partnerships.forms.answers import ActionForm, AskForm, CloseForm, DoneForm, ForForm, LeaveForm, NumberedForm
from partnerships.models import Partnership
from partnerships.permissions import acts_for, can_read_record, left_for
from partnerships.queries.showing import PartnershipPage, page_for
from partnerships.views.finding import agreed_partnership, read_partnership
from partnerships.views.page import page_context

Given = dict[str, Any]  # a form's clean answers, and `user`


def _agree(one: Partnership, given: Given) -> str:
    if agree(one, **given):
        return _("All have agreed. It is in force.")
    return _("You agree to version %(number)d.") % {"number": given["number"]}


def _ask(one: Partnership, given: Given) -> str:
    ask_for_change(one, **given)
    return _("The others read what you ask for. Whoever changes it sends a new version, which all agree to.")


def _leave(one: Partnership, given: Given) -> str:
    if leave(one, **given).takes_effect_on > timezone.localdate():
        return _("You have given notice, and the others know. Until its day you can take it back.")
    return _("You take no part, and the others know.")


def _stay(one: Partnership, given: Given) -> str:
    stay(one, **given)
    return _("You have taken the notice back, and the others know.")


def _consent(one: Partnership, given: Given) -> str:
    if change_consent(one, wanted=True, **given):
        return _("All parties want it: everyone can read the summary now.")
    return _("Kept. Everyone can read the summary once all parties want that.")


def _withdraw(one: Partnership, given: Given) -> str:
    change_consent(one, wanted=False, **given)
    return _("The summary is no longer public.")


def _act(one: Partnership, given: Given) -> str:
    add_action(one, **given)
    return _("Added. Whoever does it is told.")


def _finish(one: Partnership, given: Given) -> str:
    finish_action(one, pk=given.pop("action"), done=True, **given)
    return _("Done, and noted.")


def _reopen(one: Partnership, given: Given) -> str:
    finish_action(one, pk=given.pop("action"), done=False, **given)
    return _("It is open again.")


def _close(one: Partnership, given: Given) -> str:
    close(one, **given)
    return _("Closed. The record stays here.")


# `do` → its form, its verb, which sentence comes back.
DEEDS: dict[str, tuple[type[ForForm], Callable[[Partnership, Given], str]]] = {
    "agree": (NumberedForm, _agree),
    "ask": (AskForm, _ask),
    "leave": (LeaveForm, _leave),
    "stay": (ForForm, _stay),
    "consent": (ForForm, _consent),
    "withdraw": (ForForm, _withdraw),
    "act": (ActionForm, _act),
    "finish": (DoneForm, _finish),
    "reopen": (DoneForm, _reopen),
    "close": (CloseForm, _close),
}


BOXES = ("ask", "leave", "close", "act")  # those with something to type


@login_required
@never_cache
@require_POST
def do(request: SignedInRequest, slug: str) -> HttpResponse:
    """One deed. What is refused comes back on the page, with what was typed."""
    found, _until = agreed_partnership(request, slug)
    if not can_read_record(request.user, found):
        return _say_once_left(request, found)
    own = acts_for(request.user, found)
    if not own:
        raise PermissionDenied
    name = request.POST.get("do", "")
    if name not in DEEDS:
        messages.error(request, _("Choose one of the buttons on this page."))
        return redirect(found)
    page = page_for(request.user, found, timezone.localdate())
    form_class, deed = DEEDS[name]
    more: dict[str, Any] = {"owners": page.owners} if form_class is ActionForm else {}
    if form_class is LeaveForm:
        more = {"at_once": page.leaves_at_once}
    form = form_class(request.POST, own=own, prefix=name, **more)
    if not form.is_valid():
        return _refused(request, page, name=name, form=form)
    try:
        said = deed(found, {**form.cleaned_data, "user": request.user})
    except PartnershipError as error:
        latest = error.latest if isinstance(error, Superseded) else 0
        if latest:  # what was typed, to be sent again about the version that came in between
            form = form_class({**request.POST.dict(), "number": latest}, own=own, prefix=name, **more)
        form.add_error(None, str(error))
        # The page as it is now, for it may have changed meanwhile.
        page = page_for(request.user, read_partnership(request, slug), timezone.localdate())
        return _refused(request, page, name=name, form=form, latest=latest)
    messages.success(request, said)
    left = name == "leave" and not acts_for(request.user, read_again(found))
    return redirect("partnerships") if left else redirect(found)


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
    request: SignedInRequest, page: PartnershipPage, *, name: str, form: ForForm, latest: int = 0
) -> HttpResponse:
    """`latest`: the number of a version that came in between, to be read first."""
    problem = ""
    if name not in BOXES:
        problem = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context = {**page_context(page, name=name, form=form, problem=problem), "latest": latest}
    return render(request, "partnerships/partnership.html", context, status=422)
