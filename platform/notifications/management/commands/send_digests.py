"""Write the e-mails that are due to people, one each."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from notifications.domain.digesting import send_digests


class Command(BaseCommand):
    help = "Tell people by e-mail of what is due, each by one. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{send_digests()} e-mails.")
