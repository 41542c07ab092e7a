"""The link of an e-mail that asks whether an initiative still runs: no sign-in, and good for nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.domain.asking import LinkRefused, answer_still_running, read_question


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_running(request: HttpRequest, token: str) -> HttpResponse:
    """One button. Opening the page changes nothing: programs that read mail open links too."""
    answers = request.method == "POST"
    try:
        question = answer_still_running(token) if answers else read_question(token)
    except LinkRefused as error:
        return render(request, "initiatives/still_running.html", {"refused": error}, status=410)
    return render(request, "initiatives/still_running.html", {"question": question, "answered": answers})
