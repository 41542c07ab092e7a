from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from search.domain.alerting import send_alerts


class Command(BaseCommand):
    help = "Tells the owners of saved searches what is new. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        run = send_alerts()
        self.stdout.write(f"{run.searches} searches asked, {run.told} results told, {run.failed} people to try again.")
