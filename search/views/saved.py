"""A person's saved searches."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from search.domain.saving import (
    SavedSearchError,
    asked_by,
    change_search,
    save_search,
    silence,
    to_be_saved,
)
from search.domain.saying import sentence
from search.domain.showing import named
from search.forms import read_search
from search.models import Frequency, SavedResult, SavedSearch
from search.permissions import own_saved_searches
from search.saved_forms import SavedSearchForm
from texts.paging import page_links

PAGE_SIZE = 20


@login_required
@never_cache
@require_safe
def saved_searches(request: SignedInRequest) -> HttpResponse:
    rows = [(saved, sentence(asked_by(saved).query)) for saved in own_saved_searches(request.user)]
    return render(request, "search/saved_list.html", {"rows": rows})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search_new(request: SignedInRequest) -> HttpResponse:
    """The search is the address's own query string, as on the page of results."""
    asked = read_search(request.GET)
    if asked.faults:
        return render(request, "search/saved_new.html", {"faults": asked.faults}, status=422)
    query = to_be_saved(asked.query)
    says = sentence(query)
    initial = {"name": says[:100], "frequency": Frequency.DAILY, "by_email": True, "in_inbox": True}
    form = SavedSearchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_search(request.user, query, **form.cleaned_data)
        except SavedSearchError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. What is new from now on, you will hear."))
            return redirect(saved)
    context = {"form": form, "says": says, "back": reverse("search") + query.address()}
    return render(request, "search/saved_new.html", context, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it found, and how it tells."""
    saved = get_object_or_404(own_saved_searches(request.user), pk=pk)
    form = SavedSearchForm(request.POST or None, initial=SavedSearchForm.initial_from(saved))
    if request.method == "POST" and form.is_valid():
        change_search(saved, is_paused=saved.is_paused, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect(saved)
    told = SavedResult.objects.filter(saved_search=saved).exclude(told_at=None).order_by("-told_at", "-pk")
    page = Paginator(told, PAGE_SIZE).get_page(request.GET.get("page"))
    asked = asked_by(saved)
    context = {
        "saved": saved,
        "form": form,
        "says": sentence(asked.query),
        "faults": asked.faults,
        "results": _with_names(saved, list(page.object_list)),
        "page": page_links(page.number, page.paginator.num_pages, lambda number: f"?page={number}"),
    }
    return render(request, "search/saved.html", context, status=422 if form.is_bound else 200)


def _with_names(saved: SavedSearch, results: list[SavedResult]) -> list[tuple[SavedResult, str, str]]:
    """Each with its title and address; what is public no more keeps its line without them."""
    names = named(saved.what, [one.object_id for one in results])
    return [(one, *names.get(one.object_id, ("", ""))) for one in results]


@login_required
@require_POST
def saved_search_do(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pause, go on, let go; silence one result, or hear of it again."""
    saved = get_object_or_404(own_saved_searches(request.user), pk=pk)
    what = request.POST.get("do", "")
    if what in ("pause", "resume"):
        _pause(request, saved, is_paused=what == "pause")
    elif what == "delete":
        saved.delete()
        messages.success(request, _("“%(name)s” is gone.") % {"name": saved.name})
        return redirect("saved-searches")
    elif what in ("silence", "unsilence") and (result := _result(request, saved)):
        silence(saved, result.object_id, silenced=what == "silence")
        told = _("You will not hear of it again.") if what == "silence" else _("You may hear of it again.")
        messages.success(request, told)
    else:
        messages.error(request, _("Choose what to do."))
    return redirect("saved-searches" if request.POST.get("from") == "list" else saved)


def _pause(request: HttpRequest, saved: SavedSearch, *, is_paused: bool) -> None:
    kept = {name: getattr(saved, name) for name in ("name", "frequency", "by_email", "in_inbox")}
    change_search(saved, is_paused=is_paused, **kept)
    if is_paused:
        messages.success(request, _("Paused. What comes meanwhile waits until you go on."))
    else:
        messages.success(request, _("It goes on, and tells you first what came meanwhile."))


def _result(request: HttpRequest, saved: SavedSearch) -> SavedResult | None:
    number = request.POST.get("id", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return SavedResult.objects.filter(saved_search=saved, pk=int(number)).first()
