"""Adding an organisation and changing its details."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from organisations.domain.editing import edit_organisation, version_of
from organisations.domain.errors import AlreadyRegistered, EditConflict
from organisations.domain.registering import register_organisation
from organisations.forms import IdentifierFormSet, OrganisationForm, identifiers_initial
from organisations.models import Organisation
from organisations.permissions import can_edit_organisation, is_member
from organisations.queries import likely_the_same
from organisations.registers.offering import fill_empty, offered, with_ticked
from organisations.registers.picking import Picked, offers, picked_entry
from organisations.registers.queries import entries_of
from texts.cleaning import clean_line


def _next(request: SignedInRequest) -> str:
    """Where to go on to: an address of ours, or nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Add an organisation; those it may be already are shown first."""
    picked = picked_entry(request.POST.get("entry") or request.GET.get("entry") or "")
    posted = with_ticked(request.POST, picked) or None
    form = OrganisationForm(posted, initial=picked.initial if picked else None)
    # Not to what is posted: a row that is as it was filled would count as none.
    numbers = picked.identifiers if picked and request.method != "POST" else None
    identifiers = IdentifierFormSet(posted, prefix="identifiers", initial=numbers)
    context: dict[str, Any] = {
        "form": form,
        "identifiers": identifiers,
        "next": _next(request),
        "looked": "q" in request.GET,
        **_looked_up(request, picked, form, identifiers),
    }
    if request.method == "POST" and form.is_valid() and identifiers.is_valid():
        details = form.details(identifiers)
        same = likely_the_same(details.name, details.postcode, details.place_code)
        mine = next((one for one in same if is_member(request.user, one) and one.name == details.name), None)
        if mine is not None:  # the form was posted twice
            return redirect(_next(request) or mine.get_absolute_url())
        if same and request.POST.get("sure") != "yes":
            return render(request, "organisations/new.html", {**context, "same": same})
        try:
            organisation = register_organisation(details, user=request.user)
        except AlreadyRegistered as error:
            return render(
                request, "organisations/new.html", {**context, "same": [error.other], "taken": error}, status=422
            )
        messages.success(request, _("%(name)s is added, and you are its owner.") % {"name": organisation.name})
        return redirect(_next(request) or organisation.get_absolute_url())
    return render(request, "organisations/new.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Change its details; who saves second sees both versions and chooses."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not can_edit_organisation(request.user, organisation):
        raise Http404
    picked = picked_entry(request.POST.get("entry") or request.GET.get("entry") or "")
    picked = picked.for_one(organisation) if picked else None
    posted = with_ticked(request.POST, picked) or None
    initial, numbers = OrganisationForm.initial_from(organisation), identifiers_initial(organisation)
    if picked and request.method != "POST":
        initial, numbers = fill_empty(initial, numbers, picked)
    form = OrganisationForm(posted, initial=initial)
    identifiers = IdentifierFormSet(posted, prefix="identifiers", initial=numbers)
    seen = request.POST.get("seen", "") if request.method == "POST" else version_of(organisation)
    context: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "identifiers": identifiers,
        "seen": seen,
        "entries": entries_of(organisation.identifiers.all()),
        **_looked_up(request, picked, form, identifiers, editing=organisation),
    }
    if request.method == "POST" and form.is_valid() and identifiers.is_valid():
        try:
            edit_organisation(organisation, form.details(identifiers), user=request.user, seen=seen)
        except EditConflict as conflict:
            theirs = OrganisationForm.initial_from(conflict.theirs)
            differences = [*_differences(form, theirs), *_number_differences(identifiers, conflict.theirs)]
            # Saving from the page of the conflict replaces the version it showed and no later one.
            context |= {"conflict": conflict, "differences": differences, "seen": version_of(conflict.theirs)}
            return render(request, "organisations/edit.html", context, status=409)
        except AlreadyRegistered as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(organisation.get_absolute_url())
    return render(request, "organisations/edit.html", context, status=422 if form.is_bound else 200)


def _looked_up(
    request: SignedInRequest,
    picked: Picked | None,
    form: OrganisationForm,
    identifiers: Any,
    *,
    editing: Organisation | None = None,
) -> dict[str, Any]:
    """What the form shows of the registers: the entry picked, what it says beside the boxes, and what a name or
    number that was looked for may be."""
    asked = clean_line(request.GET.get("q", ""))[:120]
    said = offered(picked, form, identifiers) if picked else []
    return {
        "picked": picked,
        "offered": said,
        "differing": any(one.differs for one in said),
        "asked": asked,
        "offers": offers(asked, _next(request), editing=editing) if asked else [],
    }


def _differences(form: OrganisationForm, theirs: dict[str, Any]) -> list[dict[str, str]]:
    """Label, theirs, mine, for each answer that differs."""
    return [
        {"label": str(field.label), "before": str(theirs[field.name] or ""), "after": str(field.value() or "")}
        for field in form
        if str(theirs[field.name] or "") != str(field.value() or "")
    ]


def _number_differences(identifiers: Any, theirs: Organisation) -> list[dict[str, str]]:
    rows = [form.cleaned_data for form in identifiers]
    mine = ", ".join(sorted({f"{row['scheme']}-{row['value']}" for row in rows if row.get("value")}))
    before = ", ".join(sorted(str(one) for one in theirs.identifiers.all()))
    return [{"label": _("Numbers in public registers"), "before": before, "after": mine}] if mine != before else []
