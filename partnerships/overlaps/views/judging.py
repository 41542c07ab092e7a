"""Saying what two initiatives are to each other, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from initiatives.models import Initiative
from partnerships.overlaps.domain.errors import NotAllowed, OverlapError
from partnerships.overlaps.domain.judging import judge_pair, withdraw_judgement
from partnerships.overlaps.forms import JudgementForm
from partnerships.overlaps.models import Verdict, pair_url
from partnerships.overlaps.permissions import can_judge
from partnerships.overlaps.queries.judged import judged
from partnerships.overlaps.saying import chosen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pair_judge(request: SignedInRequest, low: int, high: int) -> HttpResponse:
    """What was typed is shown again where it cannot be kept."""
    if request.method != "POST":  # from signing in
        return redirect("pair", low, high)
    one, other = _pair(low, high)
    if not can_judge(request.user, one, other):
        raise PermissionDenied
    form = JudgementForm((one.title, other.title), request.POST)
    if form.is_valid():
        verdict, forward = chosen(form.cleaned_data["verdict"])
        note = form.cleaned_data["note"]
        try:
            judge_pair(low, high, user=request.user, verdict=verdict, forward=forward, note=note)
        except NotAllowed as error:
            raise PermissionDenied from error
        except OverlapError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _thanks(verdict))
            return redirect(pair_url(low, high))
    context = {"form": form, "judged": judged(one, other, request.user), "one": one, "other": other}
    return render(request, "overlaps/judge.html", context, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pair_withdraw(request: SignedInRequest, low: int, high: int) -> HttpResponse:
    if request.method != "POST":  # from signing in
        return redirect("pair", low, high)
    one, other = _pair(low, high)
    if withdraw_judgement(low, high, user=request.user):
        messages.success(request, _("What you said of the two no longer counts."))
    elif can_judge(request.user, one, other):
        messages.info(request, _("You have said nothing of the two that counts."))
    else:
        raise PermissionDenied
    return redirect(pair_url(low, high))


def _pair(low: int, high: int) -> tuple[Initiative, Initiative]:
    """Both, the smaller id first, and everyone may read them; else there is no such page."""
    both = Q(pk=low) | Q(pk=high)  # a number that no column holds is nobody's here; `in` would fail on it
    rows = Initiative.objects.filter(both, live=True).select_related("lead_organisation")
    found = list(rows.order_by("pk"))
    if [one.pk for one in found] != [low, high]:
        raise Http404
    return found[0], found[1]


def _thanks(verdict: str) -> str:
    if verdict == Verdict.UNRELATED:
        return _("Thank you. The pair is set aside until one of the two changes enough.")
    if verdict == Verdict.DUPLICATE:
        return _("Thank you. A moderator will look at it.")
    return _("Thank you. What you said is kept, and helps to find better pairs.")
