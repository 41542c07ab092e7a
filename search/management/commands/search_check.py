from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.domain.draining import drain_all
from search.domain.rebuilding import compare, mend
from search.engines import EngineFailed


class Command(BaseCommand):
    help = "Compares the index with the database, document by document, and mends what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what differs.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            self.stdout.write("The database searches by itself: there is no index to compare.")
            return
        try:
            drain_all()
            found = compare()
            self.stdout.write(
                f"{len(found.missing)} missing, {len(found.stale)} not up to date, {len(found.extra)} too many."
            )
            if not found or options["dry_run"]:
                return
            mend(found)
            drain_all()
            self.stdout.write("Mended.")
        except EngineFailed as error:
            raise CommandError(str(error)) from error
