"""End what is over: `manage.py end_initiatives`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from initiatives.domain.running import end_what_is_over


class Command(BaseCommand):
    help = "Mark as ended the initiatives whose last day has passed."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{end_what_is_over(timezone.localdate()):,} initiatives ended.")
