"""Delete files that belong to no post: `manage.py forget_attachments`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from discussions.files.tidying import forget_attachments


class Command(BaseCommand):
    help = "Delete files of discussions that belong to no post and are older than a day."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_attachments():,} files deleted.")
