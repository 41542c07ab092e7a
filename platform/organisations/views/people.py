"""An organisation's people: roles, requests, invitations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from organisations.domain.errors import LinkRefused, OrganisationError
from organisations.domain.inviting import accept_invitation, invite_member, read_token, withdraw_invitation
from organisations.domain.joining import answer_request, ask_to_join
from organisations.domain.membership import change_role, leave_organisation, remove_member
from organisations.forms import AskForm, InviteForm
from organisations.models import Invitation, JoinRequest, Membership, Organisation, Role
from organisations.permissions import can_claim, can_manage_members, can_see_organisation, can_see_people, is_member
from organisations.queries import members_of


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who belongs; owners also invite here."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not can_see_people(request.user, organisation):
        raise Http404
    manages = can_manage_members(request.user, organisation)
    if request.method == "POST" and not manages:
        raise Http404
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_member(organisation, user=request.user, **form.cleaned_data)
        except OrganisationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % form.cleaned_data)
            return redirect("organisation-people", slug=slug)
    context = {
        "organisation": organisation,
        "manages": manages,
        "belongs": is_member(request.user, organisation),
        "members": members_of(organisation),
        "roles": Role.choices,
        "form": form if manages else None,
        "requests": _open_requests(organisation) if manages else [],
        "invitations": _open_invitations(organisation) if manages else [],
    }
    return render(request, "organisations/people.html", context, status=422 if form.is_bound else 200)


def _open_requests(organisation: Organisation) -> Any:
    return JoinRequest.objects.filter(organisation=organisation, answered_at=None).select_related("user")


def _open_invitations(organisation: Organisation) -> Any:
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None).order_by("email")


def _do(request: SignedInRequest, organisation: Organisation) -> str:
    """The one verb a people form asks for; gives the sentence that says it is done."""
    user, what = request.user, request.POST.get("do", "")
    verbs: dict[str, tuple[type[Any], Callable[[Any], None], str]] = {
        "role": (Membership, lambda row: change_role(row, request.POST.get("role", ""), user=user), _("Role changed.")),
        "remove": (Membership, lambda row: remove_member(row, user=user), _("Removed.")),
        "accept": (JoinRequest, lambda row: answer_request(row, user=user, accept=True), _("They belong now.")),
        "decline": (JoinRequest, lambda row: answer_request(row, user=user, accept=False), _("Declined.")),
        "withdraw": (Invitation, lambda row: withdraw_invitation(row, user=user), _("Withdrawn.")),
    }
    if what not in verbs:
        raise OrganisationError(_("Choose what to do."))
    model, verb, done = verbs[what]
    row = model.objects.filter(pk=_number(request, "id"), organisation=organisation).first()
    if row is None:
        raise OrganisationError(_("That was done already: look at the list as it stands now."))
    verb(row)
    return done


@login_required
@require_POST
def people_change(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not can_manage_members(request.user, organisation):
        raise Http404
    try:
        messages.success(request, _do(request, organisation))
    except OrganisationError as error:
        messages.error(request, str(error))
    if not can_see_people(request.user, organisation):  # they removed themselves
        return redirect("dashboard")
    return redirect("organisation-people", slug=slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask to join, also one that is not shown yet: who registers it a second time is led here."""
    organisation = get_object_or_404(Organisation, slug=slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_join(organisation, user=request.user, message=form.cleaned_data["message"])
        except OrganisationError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("Its owners are asked. You will hear by e-mail."))
        seen = can_see_organisation(request.user, organisation)
        return redirect(organisation.get_absolute_url() if seen else "dashboard")
    unclaimed = can_claim(request.user, organisation) and not is_member(request.user, organisation)
    return render(
        request,
        "organisations/join.html",
        {"organisation": organisation, "form": form, "can_claim": unclaimed},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None or not can_see_organisation(request.user, organisation):
        messages.info(request, _("You do not belong to this organisation."))  # left twice, or never there
        return redirect("dashboard")
    try:
        leave_organisation(organisation, user=request.user)
    except OrganisationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have left %(name)s.") % {"name": organisation.name})
    return redirect("dashboard")


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link shows; joining is a form of its own, so that a mail scanner joins nobody."""
    try:
        shown = read_token(token)
    except LinkRefused as refused:
        return render(request, "organisations/invitation.html", {"refused": refused}, status=410)
    return render(request, "organisations/invitation.html", {"invitation": shown, "token": token})


@login_required
@require_POST
def invitation_accept(request: SignedInRequest, token: str) -> HttpResponse:
    try:
        organisation = accept_invitation(token, user=request.user)
    except LinkRefused as refused:
        return render(request, "organisations/invitation.html", {"refused": refused}, status=410)
    messages.success(request, _("You belong to %(name)s now.") % {"name": organisation.name})
    return redirect(organisation.get_absolute_url())
