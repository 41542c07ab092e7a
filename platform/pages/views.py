"""What machines ask for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_DAY = 24 * 60 * 60


@require_safe
@cache_control(max_age=_DAY, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; rooms for signing in and editing, and filtered lists without end, may not."""
    sitemap = settings.SITE_URL + reverse("sitemap-index")
    return render(request, "pages/robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=_DAY, public=True)
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness."""
    expires = timezone.now().replace(microsecond=0) + timedelta(days=180)
    context = {"site": settings.SITE_URL, "expires": expires.isoformat()}
    return render(request, "pages/security.txt", context, content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=_DAY, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that look for it at the old address."""
    return HttpResponse(status=302, headers={"Location": static("img/favicon.svg")})
