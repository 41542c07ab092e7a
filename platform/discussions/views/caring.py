"""Reporting a post, and the moderators' queue of discussions."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from discussions.care_forms import DecisionForm, ReportForm
from discussions.domain.errors import DiscussionError
from discussions.domain.moderating import Meanwhile, decide, lift, state_of
from discussions.domain.reporting import report_post
from discussions.models import Muting, Post
from discussions.permissions import can_moderate, can_mute, can_read, can_report, can_see_queue
from discussions.queries.caring import case_of
from discussions.queries.showing import shown_posts
from discussions.views.finding import readable_post
from reports.permissions import can_see_all
from reports.permissions import can_see_queue as can_see_reports

_REPORTS = {"report": "10/m/ip,30/h/ip"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def post_report(request: HttpRequest, pk: int) -> HttpResponse:
    post = readable_post(request, pk)
    if not can_report(request.user, post):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request, app="discussions", action="report", config=_REPORTS
        )
        if refused:
            return refused
        if form.is_valid():
            answers = form.cleaned_data
            user = request.user if request.user.is_authenticated else None
            report_post(post, user=user, reason=answers["reason"], note=answers["note"])
            messages.success(request, _("Thank you. A moderator will look at it."))
            return redirect(post)
    context = {"post": shown_posts([post])[0], "thread": post.thread, "form": form}
    return render(request, "discussions/report.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
@never_cache
def care(request: SignedInRequest) -> HttpResponse:
    """What waits here stands in the one queue of all reports; this address leads there."""
    if not can_see_reports(request.user):
        raise PermissionDenied
    return redirect("reports")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def care_post(request: SignedInRequest, pk: int) -> HttpResponse:
    """One post, with all that a decision needs, and the decision."""
    if not can_see_reports(request.user):
        raise PermissionDenied
    post = get_object_or_404(Post.objects.select_related("thread__place", "author"), pk=pk)
    if not can_moderate(request.user, post):
        raise Http404
    whole = can_see_all(request.user)
    may = {"may_mute": post.author is not None and can_mute(request.user, post.author), "may_tend": whole}
    status = 200
    if request.method == "POST":
        form = DecisionForm(request.POST, about=post, **may)
        status = 422
        if form.is_valid():
            try:
                decide(post, form.decision(), user=request.user, state=form.cleaned_data["state"])
                messages.success(request, _("Decided. Whoever it concerns has been told."))
                return redirect("reports")
            except Meanwhile as error:
                messages.warning(request, str(error))
                return redirect("care-post", post.pk)
            except DiscussionError as error:
                form.add_error("reason", str(error))
    else:
        form = DecisionForm(about=post, **may, initial={"state": state_of(post), "person": "", "thread": ""})
    case = case_of(post, with_context=can_read(request.user, post.thread), urgent_only=not whole)
    context = {"case": case, "shown": shown_posts(case.around), "thread": post.thread, "form": form}
    return render(request, "discussions/care/post.html", context, status=status)


@login_required
@require_POST
def care_lift(request: SignedInRequest, pk: int) -> HttpResponse:
    if not can_see_queue(request.user):
        raise PermissionDenied
    try:
        lift(get_object_or_404(Muting, pk=pk), user=request.user)
        messages.success(request, _("They may write again."))
    except DiscussionError as error:
        messages.error(request, str(error))
    return redirect("reports")
