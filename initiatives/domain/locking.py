"""The row as it stands now, held until the transaction ends: every verb begins with it."""

from __future__ import annotations

from initiatives.models import Initiative


def lock(initiative: Initiative) -> Initiative:
    """The initiative's row, fresh and locked, with its lead organisation. Asks for an open transaction."""
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("lead_organisation")
    row: Initiative = rows.get(pk=initiative.pk)
    return row
