"""Delete files that wait in vain: `manage.py forget_uploads`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.importing.tidying import forget_uploads


class Command(BaseCommand):
    help = "Delete uploaded files that were checked and not imported within a week."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_uploads():,} files deleted.")
