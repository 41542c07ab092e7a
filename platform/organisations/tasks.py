"""What a worker does for this room."""

from __future__ import annotations

from django_tasks import task

from organisations.domain.proposing import propose_for


@task()
def look_for_duplicates(organisation_id: int) -> int:
    return propose_for(organisation_id)
