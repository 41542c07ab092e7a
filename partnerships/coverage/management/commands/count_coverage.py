"""Count every place's journey anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnerships.coverage.domain.tallying import count_all, is_counted


class Command(BaseCommand):
    help = "Counts what reaches each place at each stage and transition anew. Run daily by the scheduler."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="Only where something is not counted at all.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and is_counted():
            return
        self.stdout.write(f"{count_all():,} initiatives are counted.")
