"""The moderators' pages that make two initiatives one, and undo it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from initiatives.domain.errors import InitiativeError
from initiatives.domain.merging import merge_initiatives, undo_merge
from initiatives.models import Initiative, InitiativeMerge
from initiatives.permissions import can_merge
from initiatives.queries.merging import choices
from organisations.duplicates.queries import merges_to_undo

_LARGEST = 2**63  # an id that no database has


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_merge(request: SignedInRequest, one: int, other: int) -> HttpResponse:
    """Both side by side: which to keep, and in which answers the other is right."""
    if not can_merge(request.user):
        raise PermissionDenied
    kept, gone = _in_order(one, other, request.POST.get("keep") or request.GET.get("keep") or "")
    taken = request.POST.getlist("take") if request.method == "POST" else None
    fault = ""
    if request.method == "POST":
        try:
            merge_initiatives(kept, gone, user=request.user, take=taken or ())
        except InitiativeError as error:
            fault = str(error)
        else:
            names = {"gone": gone.title, "kept": kept.title}
            said = _("“%(gone)s” is merged into “%(kept)s”. You can undo this for thirty days.") % names
            messages.success(request, said)
            return redirect(kept)
    context = {"kept": kept, "gone": gone, "choices": choices(kept, gone, taken), "fault": fault}
    return render(request, "initiatives/moderation/merge.html", context, status=422 if fault else 200)


def _in_order(one: int, other: int, keep: str) -> tuple[Initiative, Initiative]:
    """The one to keep first: what was asked, else a public one before others and the older before the newer."""
    if one == other or max(one, other) >= _LARGEST:
        raise Http404
    rows = Initiative.objects.select_related("lead_organisation").filter(pk__in=(one, other))
    found = sorted(rows, key=lambda row: (not row.live, row.created_at, row.pk))
    if len(found) != 2:
        raise Http404
    if keep == str(found[1].pk):
        found.reverse()
    return found[0], found[1]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_merges(request: SignedInRequest) -> HttpResponse:
    """What was merged within thirty days, and undoing it."""
    if not can_merge(request.user):
        raise PermissionDenied
    if request.method == "POST":
        wanted = request.POST.get("merge", "")
        number = int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0
        merge = InitiativeMerge.objects.select_related("gone").filter(pk=number).first()
        if merge is None:
            messages.error(request, _("Choose one of the merges in the list."))
            return redirect("initiative-merges")
        try:
            undo_merge(merge, user=request.user)
        except InitiativeError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(name)s” stands by itself again.") % {"name": merge.gone.title})
        return redirect("initiative-merges")
    return render(request, "initiatives/moderation/merges.html", {"merges": merges_to_undo(InitiativeMerge)})
