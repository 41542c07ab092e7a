"""A person's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from notifications.domain.noting import mark_read
from notifications.models import Notice
from texts.paging import page_links

PAGE_SIZE = 20


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: SignedInRequest) -> HttpResponse:
    """The newest first; a POST marks every line as read."""
    if request.method == "POST":
        mark_read(request.user)
        messages.success(request, _("Everything is marked as read."))
        return redirect("inbox")
    page = Paginator(Notice.objects.filter(user=request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    links = page_links(page.number, page.paginator.num_pages, lambda number: f"?page={number}")
    return render(request, "notifications/inbox.html", {"notices": page.object_list, "page": links})


@login_required
@never_cache
@require_safe
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open one: it is read, and leads to what it is about."""
    found = get_object_or_404(Notice, pk=pk, user=request.user)
    mark_read(request.user, found.pk)
    return redirect(found.path or "inbox")
