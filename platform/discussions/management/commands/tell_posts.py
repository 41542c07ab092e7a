"""Tell people of new posts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from discussions.domain.spreading import tell_new_posts


class Command(BaseCommand):
    help = "Tell people of posts that mention or answer them, or stand in what they follow. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{tell_new_posts()} discussions had something new.")
