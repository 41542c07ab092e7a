"""Showing an organisation to everyone."""

from __future__ import annotations

from collections.abc import Iterable

from notifications.announcing import announce_within
from organisations.events import OrganisationsChanged
from organisations.models import Organisation


def show_organisations(ids: Iterable[int]) -> None:
    """Make organisations public: something they do was cleared."""
    hidden = list(Organisation.objects.filter(pk__in=list(ids), is_public=False).values_list("pk", flat=True))
    if hidden:
        Organisation.objects.filter(pk__in=hidden).update(is_public=True)
        announce_within(OrganisationsChanged(tuple(hidden)))
