from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from search.domain.encoding import encode_due
from search.meaning.encoder import is_wanted


class Command(BaseCommand):
    help = "Computes what new and changed texts mean, where EMBEDDING_MODEL names an encoder. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" texts", disable=options["verbosity"] == 0 or not is_wanted()) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            number = encode_due(progress)
        self.stdout.write(f"{number} texts encoded." if is_wanted() else "No encoder is named: there is nothing to do.")
