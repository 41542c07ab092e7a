from typing import Any

from django.core.management.base import BaseCommand

from search.domain.maintaining import refresh_statistics


class Command(BaseCommand):
    help = "Counts how rare each word is, where the database does not keep that by itself (PostgreSQL)."

    def handle(self, *args: Any, **options: Any) -> None:
        refresh_statistics()
