"""Tell people what changed in their places in the week that is over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnerships.history.domain.telling import tell_changes


class Command(BaseCommand):
    help = "Tells those who coordinate or follow a place what changed last week, once. Run hourly by the scheduler."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Told of {tell_changes():,} places.")
