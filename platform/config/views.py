"""Pages of the wiring itself: health, and what a person sees when something failed."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.domain.watching import backlog


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a slow database restarts no web server."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """503 until the database answers, its tables are there and the places are loaded."""
    from places.models import Place

    faults = {}
    try:
        connection.ensure_connection()
        if not Place.objects.exists():
            faults["places"] = "not loaded: run `manage.py load_places`"
    except DatabaseError:
        faults["database"] = "not reachable, or not migrated: run `manage.py migrate`"
    if faults:
        return JsonResponse({"status": "not ready", **faults}, status=503)
    # A search server that is away is no reason to take this process away: the database searches.
    search = {"search": asdict(backlog())} if settings.ELASTICSEARCH_URL else {}
    return JsonResponse({"status": "ready", **search})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is gone: say how to mend it."""
    return render(request, "403_csrf.html", status=403)
