"""What templates are told of the demo."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _


def banner(request: HttpRequest) -> dict[str, str]:
    """`demo_banner`: the sentence on every page of the demo, empty elsewhere."""
    return {
        "demo_banner": _("A demonstration: the places are real, the organisations and people are made up.")
        if settings.DEMO
        else ""
    }
