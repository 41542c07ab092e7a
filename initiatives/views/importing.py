"""Import for moderators: upload, look at what would happen, decide, watch, take the report home."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.forms.importing import TOO_LARGE, DuplicatesForm, UploadForm
from initiatives.importing.background import has_stopped, work_on
from initiatives.importing.columns import EXAMPLE
from initiatives.importing.reporting import counted, report_lines
from initiatives.importing.running import begin
from initiatives.models import ImportRun
from initiatives.permissions import can_import
from texts.exporting import csv_lines
from texts.opening import LARGEST_UPLOAD
from texts.streaming import streamed

_FORM_BESIDE = 256 * 1024
SHOWN_REMARKS = 50
SHOWN_RUNS = 20


@csrf_exempt  # so that the size is looked at before the body is; `_start` is protected
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: HttpRequest) -> HttpResponseBase:
    """The form, and the earlier runs. Too large a body is refused unread."""
    if not can_import(request.user):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_UPLOAD + _FORM_BESIDE:
        return _form(request, UploadForm(), status=413, fault=str(TOO_LARGE))
    return _start(request)


@csrf_protect
def _start(request: HttpRequest) -> HttpResponseBase:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        run = form.keep(request.user) if form.is_valid() else None
        if run is not None:
            work_on(run)
            return redirect("import-run", run.pk)
        return _form(request, form, status=422)
    return _form(request, form)


def _form(request: HttpRequest, form: UploadForm, *, status: int = 200, fault: str = "") -> HttpResponse:
    context = {"form": form, "fault": fault, "runs": ImportRun.objects.select_related("started_by")[:SHOWN_RUNS]}
    return render(request, "initiatives/import/start.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_run(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One run: how far it is, what it found, and what can be done with it next."""
    if not can_import(request.user):
        raise Http404
    run = get_object_or_404(ImportRun, pk=pk)
    form = DuplicatesForm(request.POST or None, initial=run.options)
    if request.method == "POST":
        if request.POST.get("do") == "continue":
            return _go_on(request, run)
        if form.is_valid():
            if run.upload and begin(run, form.cleaned_data["on_duplicate"]):
                work_on(run)
            return redirect("import-run", run.pk)
    context = {
        "run": run,
        "form": form,
        "counted": counted(run),
        "remarks": run.rows.select_related("initiative")[:SHOWN_REMARKS],
        "remarks_in_all": run.rows.count(),
        "is_going": run.state in (ImportRun.State.CHECKING, ImportRun.State.RUNNING) and not has_stopped(run),
        "may_continue": bool(run.upload) and (has_stopped(run) or run.state == ImportRun.State.FAILED),
        "is_forgotten": run.state == ImportRun.State.CHECKED and not run.upload and run.started_by_id is not None,
        "may_import": bool(run.upload)
        and run.state == ImportRun.State.CHECKED
        and run.created + run.updated + run.skipped,
    }
    return render(request, "initiatives/import/run.html", context, status=422 if form.is_bound else 200)


def _go_on(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if run.upload and (has_stopped(run) or run.state == ImportRun.State.FAILED):
        work_on(run)
    else:
        messages.info(request, _("This import is not standing still, so there is nothing to continue."))
    return redirect("import-run", run.pk)


@login_required
@never_cache
@require_safe
def import_report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every remark of a run as CSV."""
    if not can_import(request.user):
        raise Http404
    run = get_object_or_404(ImportRun, pk=pk)
    name = f"import-{run.pk}-report.csv"
    return streamed(request, report_lines(run), content_type="text/csv; charset=utf-8", filename=name)


@login_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """Our CSV with every column and one made-up row."""
    if not can_import(request.user):
        raise Http404
    content = "".join(csv_lines(list(EXAMPLE), [list(EXAMPLE.values())]))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="initiatives-template.csv"'
    return response
