"""Doors of other packages that would take a password: each leads to allauth's, or has its limits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

# A password that several people share, on a page or a file of the CMS: allauth's limits know nothing of it.
_SHARED_PASSWORD = {"shared_password": "10/5m/ip"}


@never_cache
def sign_in(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Wagtail's, the CMS's and Django admin's own forms: nobody types a password here.

    Someone who is signed in was sent here because they may not see what they asked for: that is said, not asked again.
    """
    given = request.GET.get(REDIRECT_FIELD_NAME) or request.POST.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    back = given if safe else request.path.removesuffix("login/").replace("/_util/", "/")
    if not request.user.is_authenticated:
        return redirect_to_login(back, reverse("account_login"))
    if _may_enter(request, back):
        return HttpResponseRedirect(resolve_url(back))
    raise PermissionDenied


def _may_enter(request: HttpRequest, back: str) -> bool:
    if back.startswith("/django-admin/"):
        return bool(request.user.is_staff)
    return back.startswith("/cms/") and request.user.has_perm("wagtailadmin.access_admin")


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """At most ten tries in five minutes from one address at a page that asks for a shared password."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = ratelimit.consume_or_429(request, app="accounts", action="shared_password", config=_SHARED_PASSWORD)
        return refused or view(request, *args, **kwargs)

    return wrapped
