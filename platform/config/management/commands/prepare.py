"""Bring a database to where the product can run on it: `manage.py prepare`."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.domain.granting import ensure_groups
from initiatives.domain.submitting import clearance_workflow


class Command(BaseCommand):
    help = "Migrate, load the places, make groups, workflow and first pages. May be run again at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0, "stdout": self.stdout}
        call_command("migrate", interactive=False, **quiet)
        call_command("load_places", **quiet)
        ensure_groups()
        clearance_workflow()
        call_command("seed_pages", **quiet)
        call_command("count_coverage", if_needed=True, **quiet)
        if options["verbosity"]:
            self.stdout.write(self.style.SUCCESS("Ready."))
