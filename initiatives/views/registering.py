"""Registering: choose an organisation, answer five pages, check, submit."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from initiatives.domain.completeness import missing_answers
from initiatives.domain.drafting import save_draft, start_draft
from initiatives.domain.errors import EditConflict, Incomplete, InitiativeError
from initiatives.domain.submitting import submit_initiative
from initiatives.forms.starting import StartForm
from initiatives.forms.wizard.partners import PartnersForm
from initiatives.models import Initiative
from initiatives.permissions import can_edit
from initiatives.queries.differing import changes_between, page_of_version
from initiatives.queries.near import close_to
from initiatives.queries.states import standing_of
from initiatives.views.steps import BY_SLUG, STEPS, Answers, after, before
from organisations.permissions import organisations_to_write_for


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Which organisation, and a title: the draft exists from here on."""
    own = organisations_to_write_for(request.user)
    form = StartForm(request.POST or None, own=own, once=request.session)
    if request.method == "POST" and form.is_valid():
        again = form.draft_made_before()
        if again is None:
            draft = start_draft(
                user=request.user, organisation=form.cleaned_data["organisation"], title=form.cleaned_data["title"]
            )
            form.remember(draft)
            again = draft.pk
        return redirect("initiative-step", pk=again, step="what")
    return render(request, "initiatives/register/start.html", {"form": form, "own": own, "steps": STEPS})


def _editable(request: SignedInRequest, pk: int) -> Initiative:
    """The row, where this person may edit it; to everyone else it does not exist."""
    initiative: Initiative = get_object_or_404(
        Initiative.objects.select_related("lead_organisation", "latest_revision"), pk=pk
    )
    if not can_edit(request.user, initiative):
        raise Http404
    return initiative


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: int, step: str) -> HttpResponse:
    """One of the five pages: saved as one goes, back without loss."""
    if step not in BY_SLUG:
        raise Http404
    here, initiative = BY_SLUG[step], _editable(request, pk)
    draft: Initiative = initiative.get_latest_revision_as_object()
    answers = Answers.of(here, draft, request if request.method == "POST" else None)
    if request.method != "POST" or not answers.are_valid():
        return _page(request, initiative, draft, answers)
    try:
        draft = save_draft(initiative, user=request.user, apply=answers.apply, seen_revision=_seen(request))
    except EditConflict as conflict:
        return _conflict(request, initiative, answers, conflict)
    if request.POST.get("then") == "stay":
        # "Add" and "Find" save the page and show it again with what they brought.
        return _page(request, initiative, draft, Answers.of(here, draft), searched=answers)
    following = after(here) if request.POST.get("then") != "leave" else None
    if request.POST.get("then") == "leave":
        messages.success(request, _("Saved. You can go on whenever you like."))
        return redirect("dashboard")
    if following is None:
        return redirect("initiative-check", pk=pk)
    return redirect("initiative-step", pk=pk, step=following.slug)


def _seen(request: SignedInRequest) -> int:
    """The version the page was filled from, or the one a conflict showed; 0 where none is said."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else 0


def _page(
    request: SignedInRequest,
    initiative: Initiative,
    draft: Initiative,
    answers: Answers,
    searched: Answers | None = None,
) -> HttpResponse:
    latest = Initiative.objects.values_list("latest_revision_id", flat=True).get(pk=initiative.pk)
    seen = request.POST.get("seen") if answers.form.is_bound else latest
    context = {
        "initiative": initiative,
        "draft": draft,
        "answers": answers,
        "form": answers.form,
        "parts": answers.parts,
        "searched": searched.form if searched else None,
        "step": answers.step,
        "steps": STEPS,
        "number": STEPS.index(answers.step) + 1,
        "previous": before(answers.step),
        **_found(searched, draft),
        "seen": seen,
    }
    status = 422 if answers.form.is_bound else 200
    return render(request, f"initiatives/register/{answers.step.slug}.html", context, status=status)


def _found(searched: Answers | None, draft: Initiative) -> dict[str, object]:
    """What “Find” brought on the last page."""
    if searched is None or not isinstance(searched.form, PartnersForm):
        return {}
    return {"found_partners": searched.form.found_partners(), "found_next": searched.form.found_next(draft)}


def _conflict(
    request: SignedInRequest, initiative: Initiative, answers: Answers, conflict: EditConflict
) -> HttpResponse:
    """Both versions side by side; what was typed travels in the form until the person has chosen."""
    mine: Initiative = initiative.get_latest_revision_as_object()
    answers.apply(mine)
    context = {
        "initiative": initiative,
        "step": answers.step,
        "conflict": conflict,
        "changes": changes_between(conflict.theirs, mine),
        # Saving over it is saving over this version, and over no later one that nobody has seen.
        "seen": Initiative.objects.values_list("latest_revision_id", flat=True).get(pk=initiative.pk),
        "posted": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "seen")
        ],
    }
    return render(request, "initiatives/register/conflict.html", context, status=409)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything on one page, what is missing, what is close to it; then submit."""
    initiative = _editable(request, pk)
    if request.method == "POST":
        try:
            submit_initiative(initiative, user=request.user)
        except Incomplete as error:
            messages.error(request, str(error))
        except InitiativeError as error:
            messages.info(request, str(error))
        else:
            messages.success(request, _("Thank you. A moderator will read it; you will hear by e-mail."))
            return redirect("dashboard")
        return redirect("initiative-check", pk=pk)
    draft: Initiative = initiative.get_latest_revision_as_object()
    context = {
        "initiative": initiative,
        "draft": draft,
        "page": page_of_version(draft),
        "missing": [(BY_SLUG[slug], sentences) for slug, sentences in missing_answers(draft).items()],
        "close": close_to(draft),
        "standing": standing_of(initiative),
        "steps": STEPS,
        "back": reverse("initiative-step", args=[pk, "with"]),
    }
    return render(request, "initiatives/register/check.html", context)
