"""Finding an organisation or an initiative by a part of its name, for the pages that point at one."""

from __future__ import annotations

from django.db.models import Q

from initiatives.models import Initiative
from organisations.models import Organisation
from texts.cleaning import fold

FOUND = 8
LONGEST = 300  # no name is longer, and a database takes no pattern of any length


def find_organisations(typed: str) -> list[Organisation]:
    """Public organisations whose name holds every word that was typed; at most eight, by name."""
    words = typed[:LONGEST].split()[:6]
    if not words:
        return []
    found = Organisation.objects.filter(is_public=True).select_related("place")
    for word in words:
        found = found.filter(name__icontains=word)
    return list(found.order_by("name")[:FOUND])


def find_initiatives(typed: str, *, besides: int | None = None) -> list[Initiative]:
    """Public initiatives whose title holds every word that was typed; at most eight."""
    words = fold(typed[:LONGEST]).split()[:6]
    if not words:
        return []
    condition = Q()
    for word in words:
        condition &= Q(title_key__contains=word)
    found = Initiative.objects.filter(condition, live=True).exclude(pk=besides)
    return list(found.select_related("lead_organisation").order_by("title")[:FOUND])
