"""Keep this month's numbers of every place."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnerships.history.domain.snapping import take_snapshot


class Command(BaseCommand):
    help = "Keeps how many initiatives reach each place, once a month. Run daily by the scheduler."

    def handle(self, *args: Any, **options: Any) -> None:
        number = take_snapshot()
        self.stdout.write(f"The numbers of {number:,} places are kept." if number else "This month is kept already.")
