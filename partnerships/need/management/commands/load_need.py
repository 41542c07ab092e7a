"""`manage.py load_need FILE --description DESCRIPTION.toml`: read an index of need, say what could not be mapped."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from accounts.models import User
from partnerships.need.domain.loading import Report, load_need
from partnerships.need.faults import NeedRefused, at_line

DESCRIPTIONS = Path(__file__).resolve().parents[2] / "descriptions"


class Command(BaseCommand):
    help = "Read an index of need from a CSV file. Run again it replaces that index; the same file writes nothing."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--description",
            type=Path,
            help="A TOML or JSON file that says what it is; beside the file unless given. A bare name is one of ours.",
        )
        parser.add_argument("--by", default="", help="The e-mail address of whoever loads it.")

    def handle(self, *args: Any, **given: Any) -> None:
        path: Path = given["file"]
        description = given["description"] or path.with_suffix(".toml")
        if not description.exists() and (ours := DESCRIPTIONS / f"{description.stem}.toml").exists():
            description = ours
        by = User.objects.filter(email__iexact=given["by"]).first() if given["by"] else None
        if given["by"] and by is None:
            raise CommandError(_("Nobody has the address %(email)s here.") % {"email": given["by"]})
        try:
            with tqdm(desc=description.stem, unit=" rows", disable=None if given["verbosity"] else True) as bar:
                report = load_need(path, description, by=by, progress=bar.update)
        except NeedRefused as fault:
            raise CommandError(_("Nothing was loaded.") + f"\n{fault}") from None
        self._tell(report)

    def _tell(self, report: Report) -> None:
        index = report.index
        told = _("%(index)s: %(areas)s areas of the file give %(places)s council areas a value.")
        self.stdout.write(told % {"index": index, "areas": index.areas, "places": report.places})
        if not report.wrote:
            self.stdout.write(_("It was as it is now: nothing was written."))
        else:
            told = _("%(added)s values are new, %(changed)s changed, %(removed)s went, larger places among them.")
            numbers = {"added": report.added, "changed": report.changed, "removed": report.removed}
            self.stdout.write(told % numbers)
        if report.left_out:
            told = _("%(n)s larger areas were left out, as they are computed from their council areas: %(names)s.")
            self.stdout.write(told % {"n": len(report.left_out), "names": ", ".join(report.left_out)})
        if report.unmapped:
            self.stdout.write(_("%(n)s rows led to no place:") % {"n": len(report.unmapped)})
        for line, sentence in report.unmapped:
            self.stdout.write(f"  {at_line(line, sentence)}")
