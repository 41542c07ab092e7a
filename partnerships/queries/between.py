"""The partnerships that name two initiatives, for the page of the pair."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from partnerships.models import Partnership, Version
from partnerships.permissions import readable_partnerships

_MOST = 5


def naming_both(low: int, high: int, user: Any) -> list[Partnership]:
    """Those in force, proposed or ended that this person may see, the newest five first: of a proposal its own people,
    of what is public everyone, of a change that waits only its own people."""
    through: Any = Version.initiatives.through
    both = through.objects.filter(initiative=low, version__in=through.objects.filter(initiative=high).values("version"))
    newest = Version.objects.filter(pk__in=both.values("version"), number=F("partnership__latest"))
    stands = Q(stands__in=both.values("version"))
    theirs = Q(pk__in=readable_partnerships(user).values("pk")) & (stands | Q(pk__in=newest.values("partnership")))
    rows = Partnership.objects.filter(theirs | (stands & Q(is_public=True)))
    return list(rows.select_related("stands").order_by("-pk")[:_MOST])
