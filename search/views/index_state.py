"""How far the search server is behind, and what it refuses: a page for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from search.domain.outbox import set_aside, try_again
from search.domain.watching import index_state
from search.permissions import can_see_index_state


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: SignedInRequest) -> HttpResponse:
    if not can_see_index_state(request.user):
        raise PermissionDenied
    if request.method == "POST":
        number = try_again()
        told = ngettext("%(number)s change is tried again.", "%(number)s changes are tried again.", number)
        messages.success(request, told % {"number": number} if number else _("Nothing was set aside."))
        return redirect("search-index")
    return render(request, "search/index_state.html", {"state": index_state(), "set_aside": set_aside()})
