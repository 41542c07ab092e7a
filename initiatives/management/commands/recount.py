"""Build the lists by place and their counts anew: `manage.py recount`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from initiatives.domain.listing import recount


class Command(BaseCommand):
    help = "Build the lists by place and their counts anew from the initiatives."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{recount():,} initiatives are listed.")
