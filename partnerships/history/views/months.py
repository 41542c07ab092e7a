"""A place month by month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.visitors import cached_for_visitors
from partnerships.coverage.grid import SUPPORTS
from partnerships.coverage.words import support_label
from partnerships.history.queries.months import number_now, over_time
from places.requests import place_at
from texts.cleaning import clean_line

_LONGEST = 60


@require_safe
@cached_for_visitors()
def of_place(request: HttpRequest, slug: str) -> HttpResponse:
    """`?support=`: one kind alone; what is none is left out, and said."""
    place = place_at(slug)
    asked = clean_line(request.GET.get("support", ""))
    support = asked if asked in SUPPORTS else ""
    fault = ""
    if asked and not support:
        fault = _("“%(value)s” is no kind of support here, so all of them are shown.") % {"value": asked[:_LONGEST]}
    found = over_time(place, support)
    now = number_now(place, support) if found else None
    context = {
        "place": place,
        "found": found,
        "now": now,
        "is_other_now": found and found.total.bars[-1].count != now,
        "support": support,
        "support_label": support_label(support),
        "supports": [(one, support_label(one)) for one in ("", *SUPPORTS)],
        "fault": fault,
    }
    return render(request, "history/months.html", context)
