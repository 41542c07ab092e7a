"""Ask whether initiatives still run: `manage.py ask_still_running`, asked daily by the scheduler."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from initiatives.domain.asking import ask_what_is_due


class Command(BaseCommand):
    help = "Ask about initiatives that nobody has confirmed for half a year; mark and leave out what stays unanswered."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = ask_what_is_due(timezone.now())
        self.stdout.write(
            f"{asked.first:,} asked, {asked.again:,} reminded, {asked.marked:,} marked, {asked.left_out:,} left out."
        )
