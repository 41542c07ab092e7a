"""`manage.py learn_overlaps`: what people said of pairs makes the next pairs better. Run it daily."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from partnerships.overlaps.domain.agreeing import agree_all
from partnerships.overlaps.domain.lapsing import lapse_all
from partnerships.overlaps.domain.relearning import relearn


class Command(BaseCommand):
    help = "Ends judgements of people who have no say any more, and learns how much each part weighs from the others."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{lapse_all()} judgements count no more.")
        self.stdout.write(f"{agree_all()} pairs began or ceased to be of one partnership.")
        weighting = relearn()
        if weighting:
            number, organisations = weighting.judgements, weighting.organisations
            self.stdout.write(f"New weights from {number} judgements of {organisations} organisations.")
        else:
            self.stdout.write("The weights stay as they are.")
