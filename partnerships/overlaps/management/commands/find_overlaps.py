"""Find the pairs of every initiative that changed: run each minute by the schedule."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from partnerships.overlaps.domain.finding import find_due
from partnerships.overlaps.domain.profiling import profile_all
from partnerships.overlaps.domain.telling import tell_new_pairs
from partnerships.overlaps.domain.wording import learn_words


class Command(BaseCommand):
    help = "Find what is close to every initiative that changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds", type=float, default=30, help="How long at the most; nought: until all is done."
        )
        parser.add_argument("--all", action="store_true", help="Describe every initiative anew first.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            profile_all()
        learn_words()  # though nothing changed: pages read what was learnt
        with tqdm(desc="initiatives", disable=None if options["verbosity"] else True) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            number = find_due(progress, within=options["seconds"] or float("inf"))
        told = tell_new_pairs()
        if options["verbosity"]:
            self.stdout.write(f"Found the pairs of {number} initiatives; {told} pairs are new and strong.")
