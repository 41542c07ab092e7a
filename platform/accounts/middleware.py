"""Moderators and administrators show a second factor before their role takes effect, whichever door they came by."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import has_app, has_second_factor, roles_asleep

# The CMS and Django's admin ask for permissions of their own, not for our predicates: they are gated by address.
_GATED = ("/cms/", "/django-admin/")
_SECOND_FACTOR_PAGES = "/accounts/2fa/"
_WAYS_THROUGH = ("/cms/logout/", "/django-admin/logout/", "/cms/jsi18n/", "/django-admin/jsi18n/")


class SecondFactorMiddleware:
    """Puts roles to sleep in a session that has not shown a second factor, and leads to showing one.

    Public pages stay readable. A refusal (403) that an awake role would not have met leads to the second factor too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_REQUIRED:
            return self.get_response(request)
        request.user = SimpleLazyObject(partial(_person, request))  # type: ignore[assignment]  # as Django's own does
        path = request.path_info
        if path.startswith(_GATED) and path not in _WAYS_THROUGH and roles_asleep(request.user):
            return _lead_to_second_factor(request)
        if _changes_factors(path) and roles_asleep(request.user) and has_second_factor(request.user):
            return _lead_to_second_factor(request)
        response = self.get_response(request)
        if response.status_code == 403 and roles_asleep(request.user):
            return _lead_to_second_factor(request)
        return response


def shown_second_factor(request: HttpRequest, user: Any) -> bool:
    """This session was opened, or confirmed since, with an authenticator, a passkey or a recovery code."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _person(request: HttpRequest) -> Any:
    user: Any = get_user(request)
    if user.is_authenticated:
        user.roles_awake = shown_second_factor(request, user)
    return user


def _changes_factors(path: str) -> bool:
    """Else an old session and a password would be enough to add a key of one's own."""
    return path.startswith(_SECOND_FACTOR_PAGES) and "/reauthenticate/" not in path and "/authenticate/" not in path


def _lead_to_second_factor(request: HttpRequest) -> HttpResponse:
    ways = [way for way in get_adapter().get_reauthentication_methods(request.user) if way["id"].startswith("mfa")]
    if not ways:
        messages.info(
            request,
            _("Your role needs a second step when you sign in. Set up an authenticator app or a passkey to go on."),
        )
        return HttpResponseRedirect(reverse("mfa_index"))
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    # Who has only a key is asked for the key first, not for one of the recovery codes.
    way = ways[0] if has_app(request.user) else ways[-1]
    return HttpResponseRedirect(f"{way['url']}?{urlencode({'next': back})}")
