"""Whether somebody asks something for the first time in an hour, without keeping who."""

from __future__ import annotations

import re

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3_600
_PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|archiv|preview|monitor|scan|fetch|headless|curl|wget|python|java/|go-http|libwww|httpx",
    re.IGNORECASE,
)
_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def first_asking(request: HttpRequest, about: str) -> bool:
    """Whether a person asks this, and has not within the hour: no program that says that it is one, no page that a
    browser fetches ahead, no part of a page.

    What tells askers apart (who is signed in, else the address: nothing that a client can make up) is mixed with the
    site's key into one number that is kept in the cache for an hour, and nowhere else: nothing leads back from it.
    """
    headers = request.headers
    browser = headers.get("User-Agent", "")
    if request.method != "GET" or not browser or _PROGRAMS.search(browser):
        return False
    if any(headers.get(name) for name in _AHEAD) or (headers.get("HX-Request") and not headers.get("HX-Boosted")):
        return False
    who = f"person {request.user.pk}" if request.user.is_authenticated else f"address {_address(request)}"
    mark = salted_hmac("accounts.asking", f"{who}\n{about}", algorithm="sha256").hexdigest()
    return bool(cache.add(f"asked:{mark}", 1, HOUR))


def _address(request: HttpRequest) -> str:
    """As the limits of signing in know it; "" where a server tells none."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""
