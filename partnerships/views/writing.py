"""The page on which a partnership is written: proposed, amended, renewed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from initiatives.queries.choosing import find_organisations
from organisations.models import Organisation
from organisations.permissions import organisation_ids, organisations_to_write_for
from partnerships.domain.amending import amend, renew
from partnerships.domain.errors import PartnershipError, Superseded
from partnerships.domain.proposing import propose
from partnerships.domain.terms import Terms, terms_of
from partnerships.forms import parties as rows_of_parties
from partnerships.forms.starting import started
from partnerships.forms.terms import AmendForm, RenewForm, TermsForm, answers_of, going_on, gone_from
from partnerships.models import Partnership, Version
from partnerships.queries.asking import whom_to_ask
from partnerships.queries.naming import Names
from partnerships.queries.speaking import speaks_for
from partnerships.views.finding import read_partnership
from texts.cleaning import clean_line

LISTS = ("initiatives", "add_party")


@dataclass(frozen=True)
class Sheet:
    """One of the three ways to write: its form, whose it is, what it begins with, and what sending it does."""

    template: str
    form: type[TermsForm]
    own: Sequence[Organisation]
    also: Sequence[int]  # organisations that need not be public to be parties
    initial: dict[str, Any]
    rows: Sequence[dict[str, Any]]
    send: Callable[[Terms, dict[str, Any]], Partnership]
    context: dict[str, Any]
    sent: str
    adds_sender: bool = False
    before: Version | None = None  # the version that is amended


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """`?organisation=ID&place=CODE&initiative=ID`, each as often as wanted, is what it begins with."""
    own = list(organisations_to_write_for(request.user))
    if not own:
        belongs_to = Organisation.objects.filter(pk__in=organisation_ids(request.user)).order_by("name")
        context = {"asks": whom_to_ask(request.user, list(belongs_to))}
        return render(request, "partnerships/nobody.html", context, status=200 if request.method != "POST" else 422)
    start = started(request.GET, own)

    def send(terms: Terms, answers: dict[str, Any]) -> Partnership:
        return propose(terms, user=request.user, organisation=answers["organisation"], client_id=answers["client_id"])

    sheet = Sheet(
        template="partnerships/new.html",
        form=TermsForm,
        own=own,
        also=[one.pk for one in own],
        initial=start.initial,
        rows=start.rows,
        send=send,
        context={},
        sent=_("Sent. It is in force once all parties have agreed; you hear of each answer."),
        adds_sender=True,
    )
    return _answer(request, sheet)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amend_or_renew(request: SignedInRequest, slug: str) -> HttpResponse:
    """A new version, filled with the newest; `?renew=1` asks what came of it, and for a later end."""
    found = read_partnership(request, slug)
    own = speaks_for(request.user, found)
    if not own:
        raise PermissionDenied
    if found.closed_at is not None:
        messages.error(request, _("It is closed. Propose a new one to go on together."))
        return redirect(found)
    newest = found.versions.get(number=found.latest)
    terms = terms_of(newest)
    renews = bool(request.GET.get("renew")) and found.in_force_at is not None
    on_notice = list(newest.departures.filter(stay=None).select_related("organisation"))
    leaving = {one.organisation_id for one in on_notice}
    names = Names([*found.versions.all()])
    agreed = [names.at(newest, one.organisation) for one in newest.agreements.select_related("organisation")]

    def send(terms: Terms, answers: dict[str, Any]) -> Partnership:
        given = {"seen": answers["seen"], "user": request.user, "organisation": answers["organisation"]}
        if renews:
            renew(found, terms, outcome=answers["note"], **given)
        else:
            amend(found, terms, note=answers["note"], **given)
        return found

    sheet = Sheet(
        template="partnerships/amend.html",
        form=RenewForm if renews else AmendForm,
        own=own,
        also=[party.organisation_id for party in terms.parties],
        initial={
            **answers_of(going_on(terms) if renews else terms),
            "seen": found.latest,
            "client_id": uuid.uuid4().hex,
        },
        rows=rows_of_parties.rows_of(one for one in terms.parties if one.organisation_id not in leaving),
        send=send,
        context={
            "partnership": found,
            "renews": renews,
            "newest": newest,
            "agreed": agreed if found.has_pending else [],
            "on_notice": on_notice,
            "gone": gone_from(newest),
        },
        sent=_("Sent. It takes the place of the present version once all have agreed.")
        if found.in_force_at
        else _("Sent. It takes the place of the proposal, and all are asked again."),
        before=newest,
    )
    return _answer(request, sheet)


def _answer(request: SignedInRequest, sheet: Sheet) -> HttpResponse:
    if request.method != "POST":
        form = _form(sheet, sheet.rows, initial=sheet.initial)
        return _page(request, sheet, form, rows_of_parties.unbound(sheet.rows), sheet.rows)
    rows = rows_of_parties.typed_rows(request.POST)
    if sheet.adds_sender:
        rows = _with_sender(rows, request.POST, sheet.own)
    known = rows_of_parties.allowed(rows, sheet.also)
    rows = [row for row in rows if row["organisation"] in known]
    posted = request.POST.copy()
    posted["find_party"] = rows_of_parties.left_to_find(request.POST, known)
    is_stopped = request.POST.get("then") != "find" and bool(posted["find_party"])
    if request.POST.get("then") == "find" or is_stopped:
        return _found(request, sheet, posted, rows, known, is_stopped=is_stopped)
    form, formset = _form(sheet, rows, data=posted), rows_of_parties.bound(rows)
    if all([form.is_valid(), formset.is_valid()]):
        try:
            written = sheet.send(form.terms(rows_of_parties.party_terms(formset)), form.cleaned_data)
        except Superseded as error:
            form = _over_the_newest(sheet, rows, posted, error)
        except PartnershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, sheet.sent)
            return redirect(written)
    return _page(request, sheet, form, formset, rows, status=422)


def _found(
    request: SignedInRequest,
    sheet: Sheet,
    posted: QueryDict,
    rows: Sequence[dict[str, Any]],
    known: Mapping[int, Organisation],
    *,
    is_stopped: bool,
) -> HttpResponse:
    """Whom the typed name may mean, with all that was typed. `is_stopped`: it was about to be sent without them."""
    typed: dict[str, Any] = {
        name: posted.getlist(name) if name in LISTS else posted.get(name, "") for name in sheet.form.base_fields
    }
    form = _form(sheet, rows, initial={**sheet.initial, **typed})
    word = typed["find_party"]
    found = [one for one in find_organisations(clean_line(word)) if one.pk not in known] if word else []
    formset = rows_of_parties.unbound(rows)
    return _page(request, sheet, form, formset, rows, searched=word, found=found, is_stopped=is_stopped)


def _form(sheet: Sheet, rows: Sequence[dict[str, Any]], **given: Any) -> TermsForm:
    kept = given.get("initial", sheet.initial).get("initiatives", ())
    parties = [row["organisation"] for row in rows]
    data = given.pop("data", None)
    return sheet.form(data, own=sheet.own, parties=parties, kept=kept, before=sheet.before, **given)


def _over_the_newest(sheet: Sheet, rows: Sequence[dict[str, Any]], posted: QueryDict, error: Superseded) -> TermsForm:
    """What was typed, to be sent again over the version that came in between, once that was read."""
    data = posted.copy()
    data["seen"] = str(error.latest)
    form = _form(sheet, rows, data=data)
    form.add_error(None, str(error))
    return form


def _with_sender(rows: list[dict[str, Any]], posted: QueryDict, own: Sequence[Organisation]) -> list[dict[str, Any]]:
    sender = next((one.pk for one in own if str(one.pk) == posted.get("organisation")), None)
    if sender is None or any(row["organisation"] == sender for row in rows):
        return rows
    return [{"organisation": sender, "role": "delivers", "brings": ""}, *rows]


def _page(
    request: SignedInRequest,
    sheet: Sheet,
    form: TermsForm,
    formset: Any,
    rows: Sequence[dict[str, Any]],
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    rows_of_parties.name_rows(formset, rows_of_parties.allowed(rows, sheet.also))
    given = {**sheet.context, **context, "form": form, "parties": formset}
    return render(request, sheet.template, given, status=status)
