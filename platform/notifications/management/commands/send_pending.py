"""Send what waits: for the scheduler, and after a mail server was down."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from notifications.domain.sending import send_due


class Command(BaseCommand):
    help = "Send the messages that wait. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        run = send_due()
        self.stdout.write(f"{run.sent} sent, {run.failed} to be tried again.")
