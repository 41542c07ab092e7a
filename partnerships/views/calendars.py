"""The dates as a calendar that other programs read."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from partnerships.domain.feeding import FeedRefused, end_address, new_address, owner_of, token_of
from partnerships.ical import calendar
from partnerships.models import CalendarFeed
from partnerships.queries.dates import days_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: SignedInRequest) -> HttpResponse:
    """One's own address: make it, make another, end it."""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            end_address(request.user)
            messages.success(request, _("The address no longer works."))
        elif request.POST.get("do") == "new":
            had_one = CalendarFeed.objects.filter(user=request.user).exists()
            new_address(request.user)
            is_new = _("This is your calendar’s address.")
            messages.success(request, f"{is_new} {_('The one before no longer works.')}" if had_one else is_new)
        else:
            messages.error(request, _("Choose one of the buttons on this page."))
        return redirect("partnerships-calendar")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    path = reverse("partnerships-feed", args=[token_of(feed)]) if feed else ""
    context = {"address": settings.SITE_URL.rstrip("/") + path if path else "", "path": path}
    return render(request, "partnerships/calendar.html", context)


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of what its owner may read at this moment; the token is the permission."""
    try:
        user = owner_of(token)
    except FeedRefused:
        raise Http404 from None
    text = calendar(_("Partnerships"), days_of(user), at=datetime.datetime.now(tz=datetime.UTC))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="partnerships.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return response
