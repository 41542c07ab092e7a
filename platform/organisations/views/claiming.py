"""Claiming an organisation, and the moderators' answers."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import is_moderator
from accounts.requests import SignedInRequest
from organisations.domain.claiming import answer_claim, claim_organisation
from organisations.domain.errors import OrganisationError
from organisations.forms import AnswerClaimForm, ClaimForm
from organisations.models import Claim, Organisation, Role
from organisations.permissions import can_claim, can_see_organisation, is_member, role_of
from organisations.queries import (
    identifiers_of,
    lapsed_claim,
    namesakes_of,
    open_claim_of,
    open_claims,
    standing_claim,
)
from organisations.registers.proving import proofs_of
from organisations.registers.queries import entries_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: SignedInRequest, slug: str) -> HttpResponse:
    """What would show that one speaks for it, and the claim itself."""
    organisation = get_object_or_404(Organisation, slug=slug)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = claim_organisation(organisation, user=request.user, message=form.cleaned_data["message"])
        except OrganisationError as error:
            form.add_error("message" if can_claim(request.user, organisation) else None, str(error))
        else:
            done = (
                _("%(name)s is verified, and you are its owner.") % {"name": organisation.name}
                if made.accepted
                else _("A moderator will look at it. You will hear by e-mail.")
            )
            messages.success(request, done)
            seen = can_see_organisation(request.user, organisation)
            return redirect(organisation.get_absolute_url() if seen else "dashboard")
    proofs = proofs_of(organisation, request.user)
    context = {
        "organisation": organisation,
        "form": form,
        "may": can_claim(request.user, organisation),
        "belongs": is_member(request.user, organisation),
        "proof": next((one for one in proofs if one.address), None),
        "proofs": proofs,
        "standing": standing_claim(organisation),
        "lapsed": lapsed_claim(organisation),
        "waiting": open_claim_of(organisation, request.user),
    }
    return render(request, "organisations/claims/claim.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@require_safe
def claims(request: SignedInRequest) -> HttpResponse:
    if not is_moderator(request.user):
        raise PermissionDenied
    return render(request, "organisations/claims/queue.html", {"claims": open_claims()})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """One claim: who, what the registers say, who else claims it; then the answer."""
    if not is_moderator(request.user):
        raise PermissionDenied
    shown = get_object_or_404(Claim.objects.select_related("organisation", "organisation__place", "user"), pk=pk)
    form = AnswerClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data["answer"]
        try:
            if not answer:
                raise OrganisationError(_("Choose one of the two buttons."))
            answer_claim(shown, user=request.user, accept=answer == "accept", note=form.cleaned_data["note"])
        except OrganisationError as error:
            form.add_error("note", str(error))
        else:
            messages.success(request, _("Answered: %(name)s is told.") % {"name": shown.user})
            return redirect("organisation-claims")
    others = Claim.objects.filter(organisation=shown.organisation, answered_at=None).exclude(pk=pk)
    context = {
        "claim": shown,
        "organisation": shown.organisation,
        "form": form,
        "entries": entries_of(identifiers_of(shown.organisation)),
        "proofs": proofs_of(shown.organisation, shown.user),
        "others": others.select_related("user"),
        "namesakes": namesakes_of(shown.organisation),
        "owns": role_of(shown.user, shown.organisation) == Role.OWNER.value,
    }
    return render(request, "organisations/claims/review.html", context, status=422 if form.errors else 200)
