"""What a worker does for this room."""

from __future__ import annotations

from django_tasks import task

from discussions.domain.spreading import tell_of_thread
from notifications.domain.digesting import send_digests


@task()
def tell_at_once(thread_id: int) -> None:
    """Somebody is mentioned or answered: they do not wait for the next minute."""
    tell_of_thread(thread_id)
    send_digests()
