"""Links in alerts that work without signing in. Opening one changes nothing: programs that read mail open links too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from search.domain.saving import silence, stop_emails
from search.domain.showing import named
from search.domain.stopping import LinkRefused, read_silence, read_stop
from search.models import SavedSearch


@csrf_exempt  # a mail program's own button posts here without a cookie (RFC 8058); the signed token is the permission
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mails of the saved searches that the token names."""
    try:
        searches = SavedSearch.objects.filter(pk__in=read_stop(token))
    except LinkRefused:
        return render(request, "search/stop.html", {"refused": True}, status=404)
    if request.method == "POST":
        stop_emails([saved.pk for saved in searches])
    context = {"names": [saved.name for saved in searches], "done": request.method == "POST"}
    return render(request, "search/stop.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def silence_one(request: HttpRequest, token: str) -> HttpResponse:
    """No more of one thing, in any of the owner's saved searches."""
    try:
        saved_pk, object_id = read_silence(token)
    except LinkRefused:
        return render(request, "search/silence.html", {"refused": True}, status=404)
    saved = SavedSearch.objects.filter(pk=saved_pk).first()
    if saved is not None and request.method == "POST":
        silence(saved, object_id)
    title, _url = named(saved.what, [object_id]).get(object_id, ("", "")) if saved else ("", "")
    context = {"title": title, "done": request.method == "POST" or saved is None}
    return render(request, "search/silence.html", context)
