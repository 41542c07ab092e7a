"""The page that somebody reports: one of this site, that is there, and that they may read."""

from __future__ import annotations

import html
import re
from copy import copy
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from reports.domain.errors import ReportError
from reports.domain.reporting import ReportedPage
from reports.models import LONGEST_PATH
from texts.cleaning import clean_line

# Doors, desks and files: not pages that say something to others.
NOT_PAGES = (
    *("/cms/", "/django-admin/", "/accounts/", "/account/", "/_util/", "/inbox/", "/report/", "/reports/"),
    *("/documents/", "/files/", "/media/", "/static/"),
)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_SITE = f" – {settings.WAGTAIL_SITE_NAME}"


def can_be_reported(path: str) -> bool:
    """As far as an address alone tells."""
    return path.startswith("/") and not path.startswith(("//", *NOT_PAGES))


def page_at(request: HttpRequest, typed: str) -> ReportedPage:
    """The page of an address, as whoever asks sees it: its own view is asked, so whoever may not read it cannot report
    it either. Raises ReportError."""
    path = _path_of(request, typed)
    try:
        answer = _ask(request, path)
    except (Http404, PermissionDenied, SuspiciousOperation, BadRequest):
        answer = None
    is_page = answer is not None and answer.status_code == 200 and not answer.streaming
    content: bytes = getattr(answer, "content", b"") if is_page else b""
    found = _TITLE.search(content.decode("utf-8", "replace")) if content else None
    if found is None:
        raise ReportError(_("There is no such page here, or you may not read it. Look at the address again."))
    title = clean_line(html.unescape(found[1])).removesuffix(_SITE)
    return ReportedPage(path, title[:200])


def _path_of(request: HttpRequest, typed: str) -> str:
    """Of a path, or of a whole address of this site. What stands after a question mark is left out: it may be
    somebody's own words or postcode."""
    try:
        parts = urlsplit(clean_line(typed))
    except ValueError:
        raise ReportError(_("That is no address. Copy it from the page you mean.")) from None
    ours = {request.get_host().lower(), urlsplit(settings.SITE_URL).netloc.lower()}
    is_whole = bool(parts.scheme or parts.netloc)
    if is_whole and (parts.scheme not in ("", "http", "https") or parts.netloc.lower() not in ours):
        raise ReportError(_("That page is not on this site. Only pages of this site can be reported here."))
    path = unquote(parts.path) if parts.netloc else parts.path
    path = path if path.endswith("/") else f"{path}/"
    if not can_be_reported(path) or "\\" in path or len(path) > LONGEST_PATH:
        raise ReportError(_("That is no page that can be reported. Copy the address from the page you mean."))
    return path


def _ask(request: HttpRequest, path: str) -> HttpResponseBase:
    match = resolve(path)
    asked: Any = copy(request)
    asked.method, asked.path, asked.path_info, asked.resolver_match = "GET", path, path, match
    asked.GET, asked.POST = QueryDict(""), QueryDict("")
    asked.META = {**request.META, "QUERY_STRING": "", "REQUEST_METHOD": "GET", "PATH_INFO": path}
    asked._messages = FallbackStorage(asked)  # what waits to be shown to this person is not shown to nobody
    answer: Any = match.func(asked, *match.args, **match.kwargs)
    if hasattr(answer, "is_rendered"):
        answer = answer.render()
    page: HttpResponseBase = answer
    return page
