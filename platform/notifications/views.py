"""A person's inbox."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedInRequest
from notifications.domain.noting import mark_read
from notifications.domain.preferring import prefer, stop_emails
from notifications.domain.reaching import LinkRefused as AddressLinkRefused
from notifications.domain.reaching import TooSoon, read_token, say_it_works, try_again
from notifications.domain.stopping import LinkRefused, read_stop
from notifications.forms import PreferencesForm
from notifications.kinds import kinds
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
    page = Paginator(Notice.objects.filter(user=request.user, in_inbox=True), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    links = page_links(page.number, page.paginator.num_pages, lambda number: f"?page={number}")
    return render(request, "notifications/inbox.html", {"notices": page.object_list, "page": links})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    form = PreferencesForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        prefer(request.user, chosen=form.chosen(), quiet=form.quiet())
        messages.success(request, _("Kept."))
        return redirect("notifications-preferences")
    return render(request, "notifications/preferences.html", {"form": form}, status=422 if form.errors else 200)


@csrf_exempt  # a mail program's own button posts here without a cookie (RFC 8058); the signed token is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mails of the kinds that the token names. Opening it changes nothing: programs that read mail do so."""
    try:
        user_id, names = read_stop(token)
        user = User.objects.get(pk=user_id, closed_at=None)
    except (LinkRefused, User.DoesNotExist):
        return render(request, "notifications/stop.html", {"refused": True}, status=404)
    if request.method == "POST":
        stop_emails(user, names)
    labels = [kind.label for kind in kinds() if kind.name in names]
    return render(request, "notifications/stop.html", {"labels": labels, "done": request.method == "POST"})


@login_required
@never_cache
@require_safe
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open one: it is read, and leads to what it is about."""
    found = get_object_or_404(Notice, pk=pk, user=request.user)
    mark_read(request.user, found.pk)
    return redirect(found.path or "inbox")


@login_required
@never_cache
@require_POST
def address_again(request: SignedInRequest) -> HttpResponse:
    """Their address fails, they say: try it once more."""
    try:
        if try_again(request.user):
            said = _("We wrote to %(email)s. Open the link in that e-mail, and all is as before.")
            messages.success(request, said % {"email": request.user.email})
        else:
            messages.success(request, _("Your address works."))
    except TooSoon as error:
        messages.info(request, str(error))
    return redirect("profile")


@csrf_exempt  # opened from an e-mail, often where nobody is signed in; the signed token is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address_works(request: HttpRequest, token: str) -> HttpResponse:
    """Say that an address works again. Opening it changes nothing: programs that read mail do so."""
    try:
        address, fails = (say_it_works(token), False) if request.method == "POST" else read_token(token)
    except AddressLinkRefused as error:
        return render(request, "notifications/works.html", {"refused": str(error)}, status=410)
    return render(request, "notifications/works.html", {"address": address, "fails": fails})
