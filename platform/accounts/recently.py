"""Pages that ask once more who one is: a session left open is not enough to take somebody's data, or their account."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]


def signed_in_recently(view: View) -> View:
    """Within the last minutes, or confirmed since by password, second step or key; who has none of them signs in again.

    allauth's own decorator asks nothing of people who sign in by e-mailed code, and most here do.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if showed_lately(request):
            return view(request, *args, **kwargs)
        ways = get_adapter().get_reauthentication_methods(request.user)
        if ways:
            return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': request.path})}")
        return render(request, "accounts/again.html", {"back": request.path})

    return answer


def showed_lately(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    latest = max((float(record.get("at", 0)) for record in records), default=0.0)
    return time.time() - latest < int(app_settings.REAUTHENTICATION_TIMEOUT)
