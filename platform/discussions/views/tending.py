"""Looking after a thread: its title, its state, where it belongs and who may read it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from discussions.domain.errors import DiscussionError
from discussions.domain.tending import change_readers, close_thread, move_thread, pin_thread, rename_thread
from discussions.forms import MovingForm, ReadersForm, TitleForm
from discussions.models import Thread
from discussions.permissions import can_pin, looks_after
from discussions.views.finding import readable_thread

Form = TitleForm | MovingForm | ReadersForm
_FORMS: dict[str, type[Form]] = {"rename": TitleForm, "move": MovingForm, "readers": ReadersForm}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discussion_tend(request: SignedInRequest, pk: int) -> HttpResponse:
    """`do`: rename, move, readers (each a form), close, open, pin, unpin."""
    thread = readable_thread(request, pk)
    if not looks_after(request.user, thread):
        raise PermissionDenied
    forms = {name: form.of(thread) for name, form in _FORMS.items()}
    status = 200
    if request.method == "POST":
        what = request.POST.get("do", "")
        form = _FORMS[what](request.POST) if what in _FORMS else None
        if form is not None:
            forms[what] = form
        try:
            if form is None or form.is_valid():
                _carry_out(what, thread, request, form)
                messages.success(request, _("Done."))
                return redirect(thread)
        except DiscussionError as error:
            if form is not None:
                form.add_error(None, str(error))
            else:
                messages.error(request, str(error))
        status = 422
    context = {"thread": thread, "forms": forms, "can_pin": can_pin(request.user, thread)}
    return render(request, "discussions/tend.html", context, status=status)


def _carry_out(what: str, thread: Thread, request: SignedInRequest, form: Form | None) -> None:
    user = request.user
    if isinstance(form, TitleForm):
        rename_thread(thread, user=user, title=form.cleaned_data["title"])
    elif isinstance(form, MovingForm):
        subject, place = form.target()
        move_thread(thread, user=user, subject=subject, place=place)
    elif isinstance(form, ReadersForm):
        answers = form.cleaned_data
        change_readers(thread, user=user, visibility=answers["visibility"], organisations=answers["parties"])
    elif what in ("close", "open"):
        close_thread(thread, user=user, closed=what == "close")
    elif what in ("pin", "unpin"):
        pin_thread(thread, user=user, pinned=what == "pin")
    else:
        raise DiscussionError(_("Choose what to do."))
