"""The product with made-up data on this machine: `manage.py demo`."""

from __future__ import annotations

import logging
import socket
import threading
import time
from io import StringIO
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string

from demo.domain import reading
from demo.domain.loading import PASSWORD, NotForDemo, load_demo


class Command(BaseCommand):
    help = "Set up and serve Stepping Stones with made-up data on localhost. May be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="Load, say what is there, and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        started = time.monotonic()
        if not options["no_serve"]:
            _ask_for(port)
        settings.DEMO = True
        logging.getLogger("steppingstones.request").setLevel(logging.WARNING)  # or codes drown between requests
        settings.SITE_URL = f"http://localhost:{port}"
        settings.WAGTAILADMIN_BASE_URL = settings.SITE_URL
        settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL, f"http://127.0.0.1:{port}"]
        settings.SECOND_FACTOR_REQUIRED = False  # a demo's moderator has no telephone; said below
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # or the server warns of a folder that nobody needs
        self.stdout.write("Setting up the database, the places and the first pages …")
        call_command("prepare", verbosity=0, stdout=StringIO())
        try:
            fresh = load_demo()
        except NotForDemo:
            raise CommandError(
                "This database holds real people or initiatives, so the demo keeps out of it. "
                "Choose another folder: DATA_DIR=var/demo manage.py demo"
            ) from None
        what = "loaded" if fresh else "there already, with whatever was typed since"
        self.stdout.write(f"The made-up data is {what} ({time.monotonic() - started:.0f} seconds).")
        self._say(port)
        if not options["no_serve"]:
            threading.Thread(target=_keep_house, name="schedule", daemon=True).start()
            application = import_string(settings.ASGI_APPLICATION)
            uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", ws_max_size=4_096)

    def _say(self, port: int) -> None:
        heading = self.style.MIGRATE_HEADING
        self.stdout.write(heading(f"\nStepping Stones   http://localhost:{port}"))
        for label, path in (("A place", "places/middlesbrough/"), ("Moderation", "moderation/"), ("The CMS", "cms/")):
            self.stdout.write(f"  {label:<14}http://localhost:{port}/{path}")
        self.stdout.write(heading(f"\nSign in as         every password is “{PASSWORD}”"))
        for person in reading.people():
            if person.get("shown"):
                self.stdout.write(f"  {person['shown']:<46}{person['email']}")
        self.stdout.write("\nOrganisations and people are made up. E-mails, sign-in codes among them, appear here.")
        self.stdout.write("In the demo moderators need no second factor; otherwise they do. Ctrl+C stops it.\n")


def _keep_house() -> None:
    """What a scheduler does on a real site, in this process; not while the first pages are looked at."""
    logging.getLogger("steppingstones.schedule").setLevel(logging.WARNING)
    while True:
        time.sleep(30)
        call_command("run_schedule", once=True)


def _ask_for(port: int) -> None:
    """Say before any work that the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Port {port} is in use. Stop what uses it, or choose another: manage.py demo --port {port + 1}"
            ) from None
