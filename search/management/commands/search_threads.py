from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.domain.hearing import catch_up


class Command(BaseCommand):
    help = "Lets discussions be found by what was said in them since. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{catch_up()} discussions followed.")
