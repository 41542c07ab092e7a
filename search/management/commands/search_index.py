from __future__ import annotations

import gc
import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from search.domain.draining import drain_all
from search.domain.rebuilding import rebuild_index
from search.engines import EngineFailed
from search.engines.elasticsearch.index import is_laid_out

logger = logging.getLogger("steppingstones.search")
PAUSE = 0.3  # seconds between looking for changes
PAUSE_AFTER_FAILURE = 2


class Command(BaseCommand):
    help = "Tells Elasticsearch what changed; builds its index where there is none, or none of today's layout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--watch", action="store_true", help="Go on until told to stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            return
        stop = threading.Event()
        if options["watch"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        gc.freeze()  # what is loaded by now stays: the collector need not walk through it a hundred times a minute
        ready = False
        while True:
            if options["watch"]:
                close_old_connections()
            pause: float = PAUSE
            try:
                if not ready and not is_laid_out():
                    rebuild_index()
                ready = True
                drain_all()
            except EngineFailed as error:
                logger.warning("Changes wait to be indexed: %s", error)
                pause, ready = PAUSE_AFTER_FAILURE, False
            if not options["watch"] or stop.wait(pause):
                return
