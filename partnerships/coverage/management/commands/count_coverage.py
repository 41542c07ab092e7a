"""Count every place's journey anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnerships.coverage.domain.tallying import count_all


class Command(BaseCommand):
    help = "Counts what reaches each place at each stage and transition anew. Run daily by the scheduler."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{count_all():,} initiatives are counted.")
