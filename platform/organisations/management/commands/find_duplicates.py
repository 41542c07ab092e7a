"""Propose organisations that stand here twice: `manage.py find_duplicates`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from organisations.domain.proposing import propose_duplicates


class Command(BaseCommand):
    help = "Propose organisations that may be entered twice, for moderators to decide."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{propose_duplicates():,} pairs of organisations wait for a decision.")
