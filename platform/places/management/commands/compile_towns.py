"""Writes the towns that ship with the product; run when the register of schools changes, not when installing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places.domain import loading
from places.domain.compiling_towns import compile_towns
from places.towns import DATA


class Command(BaseCommand):
    help = "Compile places/data/towns.json from the register of schools and the towns that are written down."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("schools", type=Path, help="schools_england.csv: urn,name,town,postcode")
        parser.add_argument("--to", type=Path, default=DATA, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = compile_towns(options["schools"], DATA.with_name("known_towns.json"), loading.DATA)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"The sources do not fit: {error}") from error
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        options["to"].write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        self.stdout.write(f"{len(rows)} towns in {options['to'].name}.")
