"""For the scheduler: what is due in partnerships, and parties whose notice has run out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from partnerships.domain.following import settle_departures, settle_waiting, tell_ended
from partnerships.domain.reminding import remind


class Command(BaseCommand):
    help = "Tell parties of actions, reviews and ends that are near, each once; let go who has given notice."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        left = settle_departures(today)
        settle_waiting()
        tell_ended(today)
        told = remind(today)
        self.stdout.write(f"Told of {told}; notice has run out in {left}.")
