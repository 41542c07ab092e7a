"""The scheduler: `manage.py run_schedule`, or `--once` from a cron of one's own."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from config.schedule import run_due

logger = logging.getLogger("steppingstones.schedule")
PAUSE = 15


class Command(BaseCommand):
    help = "Run what is due, again and again, until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due now, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: stop.set())
        while True:
            close_old_connections()
            run_due(self._report)
            if options["once"] or stop.wait(PAUSE):
                return

    def _report(self, command: str, error: Exception | None) -> None:
        if error is None:
            logger.info("%s ran", command)
        else:
            logger.error("%s failed", command, exc_info=error)
