"""Drop visitors' addresses: `manage.py forget_reporters`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from reports.domain.forgetting import forget_addresses


class Command(BaseCommand):
    help = "Drop the e-mail addresses that visitors left with a report, ninety days after it was decided."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_addresses():,} addresses dropped.")
