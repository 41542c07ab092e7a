"""Showing an organisation to everyone."""

from __future__ import annotations

from collections.abc import Iterable

from organisations.models import Organisation


def show_organisations(ids: Iterable[int]) -> None:
    """Make organisations public: something they do was cleared."""
    Organisation.objects.filter(pk__in=list(ids), is_public=False).update(is_public=True)
