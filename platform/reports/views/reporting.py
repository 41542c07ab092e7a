"""Report a page, with an account or without."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.domain.errors import ReportError
from reports.domain.reporting import ReportedPage, report_page
from reports.forms import ReportForm
from reports.looking import page_at
from reports.reasons import Reason

_REPORTS = {"report": "10/m/ip,30/h/ip"}


def _thanks(reason: str) -> str:
    if reason == Reason.SAFEGUARDING:
        return _("Thank you. The people who look after children’s safety here are told now. In danger, call 999.")
    return _("Thank you. A moderator will look at it.")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """The page comes with the address (`?page=…`), or is typed here."""
    if request.method == "POST":
        refused: HttpResponse | None = ratelimit.consume_or_429(
            request, app="reports", action="report", config=_REPORTS
        )
        if refused:
            return refused
        form = ReportForm(request.POST, request=request)
        if form.is_valid() and form.found is not None:
            answers = form.cleaned_data
            user = request.user if request.user.is_authenticated else None
            try:
                report_page(
                    form.found,
                    user=user,
                    reason=answers["reason"],
                    note=answers["note"],
                    email=answers.get("email", ""),
                )
            except ReportError as error:
                form.add_error("note", str(error))
                return _show(request, form, form.found)
            messages.success(request, _thanks(answers["reason"]))
            return redirect(form.found.path)
        return _show(request, form, form.found)
    typed = request.GET.get("page", "")
    form = ReportForm(request=request, page=typed)
    if not typed:
        return _show(request, form, None)
    try:
        return _show(request, form, page_at(request, typed))
    except ReportError as error:
        return _show(request, form, None, problem=str(error))


def _show(request: HttpRequest, form: ReportForm, page: ReportedPage | None, problem: str = "") -> HttpResponse:
    context = {"form": form, "page": page, "problem": problem}
    return render(request, "reports/report.html", context, status=422 if form.errors or problem else 200)
