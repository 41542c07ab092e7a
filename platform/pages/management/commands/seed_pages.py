from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pages.domain.seeding import seed_pages


class Command(BaseCommand):
    help = "Lays the CMS's first pages and menus. What is there already stays as the editors left it."

    def handle(self, *args: Any, **options: Any) -> None:
        laid = seed_pages()
        self.stdout.write(f"{laid} pages and menus laid." if laid else "Everything was laid before: nothing to do.")
