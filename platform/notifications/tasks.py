"""What a worker does for this room."""

from __future__ import annotations

from django_tasks import task

from notifications.domain.sending import send_due


@task()
def send_waiting() -> int:
    """Send what is due, a hundred at most: where tasks run at commit, a person waits for this one."""
    return send_due(limit=100).sent
