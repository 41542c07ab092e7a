"""Writes the reference data that ships with the product; run when the source tables change, not when installing."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from places.domain.compiling import compile_places
from places.domain.loading import DATA


class Command(BaseCommand):
    help = "Compile places/data/places.json from the folder of source tables, and check it against the postcodes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where local_authorities_reference.csv and its like are")
        parser.add_argument("--to", type=Path, default=DATA, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = compile_places(options["folder"], DATA.with_name("known.json"))
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"The source tables do not fit: {error}") from error
        lines = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in data["places"]]
        former = [json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in data["former_codes"]]
        joined, old = ",\n".join(lines), ",\n".join(former)
        text = f'{{"places":[\n{joined}\n],\n"former_codes":[\n{old}\n]}}\n'
        options["to"].write_text(text, encoding="utf-8")
        self.stdout.write(f"{len(lines)} places and {len(former)} former codes in {options['to'].name}.")
