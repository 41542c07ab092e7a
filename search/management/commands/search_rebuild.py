from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from search.domain.indexing import rebuild
from search.domain.rebuilding import rebuild_index
from search.engines import EngineFailed


class Command(BaseCommand):
    help = "Builds what is searched anew: the documents in the database, and beside the living index another one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--index-only", action="store_true", help="Leave the documents; build the index from them.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["index_only"]:
            self.stdout.write(f"{rebuild()} documents described anew.")
        if not settings.ELASTICSEARCH_URL:
            return
        with tqdm(unit=" documents", disable=options["verbosity"] == 0) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                refused = rebuild_index(progress)
            except EngineFailed as error:
                raise CommandError(f"{error}. The index that was there goes on.") from error
        for one in refused:
            self.stderr.write(f"{one.what} {one.object_id} was refused: {one.reason}")
        self.stdout.write("The new index answers.")
