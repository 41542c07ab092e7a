"""The moderators' queue, and the decision on one report."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from reports.domain.deciding import decide
from reports.domain.errors import AlreadyDecided, ReportError
from reports.forms import DecisionForm
from reports.models import PageReport
from reports.permissions import can_decide, can_name_contacts, can_see_all, can_see_queue
from reports.queries.pages import case_of
from reports.queries.queue import queue_for
from reports.subjects import subject_at


@login_required
@require_safe
@never_cache
def queue(request: SignedInRequest) -> HttpResponse:
    if not can_see_queue(request.user):
        raise PermissionDenied
    context = {
        "queue": queue_for(request.user),
        "whole": can_see_all(request.user),
        "may_name": can_name_contacts(request.user),
    }
    return render(request, "reports/queue.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report, with what else was said of its page; decided already it says how."""
    if not can_see_queue(request.user):
        raise PermissionDenied
    report = get_object_or_404(PageReport.objects.select_related("reporter", "decided_by"), pk=pk)
    if not can_decide(request.user, report):
        raise Http404
    case = case_of(report, urgent_only=not can_see_all(request.user))
    subject = subject_at(report.path)
    removal = subject.removal if subject and subject.removal and subject.removal.may(request.user) else None
    form = DecisionForm(request.POST if request.method == "POST" else None, case=case, removal=removal)
    if request.method == "POST":
        try:
            if form.is_valid():
                decide(report, form.decision(), user=request.user)
                messages.success(request, _("Decided. Whoever it concerns has been told."))
                return redirect("reports")
            if report.decided_at is not None:
                raise AlreadyDecided(report)
        except AlreadyDecided as error:
            messages.warning(request, str(error))
            return redirect("report-decide", report.pk)
        except ReportError as error:
            form.add_error("words", str(error))
    context = {"case": case, "subject": subject, "form": form}
    return render(request, "reports/decide.html", context, status=422 if form.errors else 200)
