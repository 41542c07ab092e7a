"""Delete old counts of searches that found nothing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.domain.missing import forget_missed


class Command(BaseCommand):
    help = "Deletes counts of searches without result that are older than two years. Run daily by the scheduler."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_missed():,} counts were deleted.")
