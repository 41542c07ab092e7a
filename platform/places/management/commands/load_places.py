from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from places.domain.loading import load_places


class Command(BaseCommand):
    help = "Load nations, regions, authorities and priority areas; may be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_places()} places are in.")
