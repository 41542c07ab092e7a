"""The moderators' queue: a difference, not a form."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from initiatives.domain.errors import InitiativeError
from initiatives.domain.moderating import approve_initiative, reject_initiative, return_initiative
from initiatives.forms.moderating import AnswerForm
from initiatives.models import Initiative
from initiatives.permissions import can_moderate
from initiatives.queries.differing import page_of_version
from initiatives.queries.near import close_to
from initiatives.queries.states import history_of, review_of
from initiatives.queries.states import queue as waiting
from organisations.duplicates.queries import how_many_duplicates
from organisations.queries import how_many_claims, requests_to_nobody
from reports.queries.queue import number_for


@login_required
@never_cache
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    if not can_moderate(request.user):
        raise PermissionDenied
    context = {
        "waiting": waiting(),
        "requests": requests_to_nobody(),
        "claims": how_many_claims(),
        "duplicates": how_many_duplicates(),
        "reports": number_for(request.user),
    }
    return render(request, "initiatives/moderation/queue.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One waiting version: what differs, how it will look, what is close to it; then the answer."""
    if not can_moderate(request.user):
        raise PermissionDenied
    initiative = get_object_or_404(Initiative.objects.select_related("lead_organisation"), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, initiative, form)
        except InitiativeError as error:
            form.add_error(None, str(error))
        else:
            return redirect("moderation")
    shown = review_of(initiative)
    if shown is None:
        messages.info(request, _("This is not waiting for clearance any more."))
        return redirect("moderation")
    context = {
        "review": shown,
        "initiative": initiative,
        "page": page_of_version(shown.version),
        "close": close_to(shown.version),
        "history": history_of(initiative, limit=20),
        "form": form,
    }
    return render(request, "initiatives/moderation/review.html", context, status=422 if form.is_bound else 200)


def _answer(request: SignedInRequest, initiative: Initiative, form: AnswerForm) -> None:
    """The verb for the chosen answer, and a sentence about it."""
    seen, words = form.cleaned_data["seen"], form.cleaned_data["reason"]
    match form.cleaned_data["answer"]:
        case "approve":
            approve_initiative(initiative, moderator=request.user, seen_revision=seen, note=words)
            sentence = _("“%(title)s” is public now.")
        case "return":
            return_initiative(initiative, moderator=request.user, seen_revision=seen, reason=words)
            sentence = _("“%(title)s” went back with your reason.")
        case "reject":
            reject_initiative(initiative, moderator=request.user, seen_revision=seen, reason=words)
            sentence = _("“%(title)s” was not accepted.")
    messages.success(request, sentence % {"title": initiative.title})
