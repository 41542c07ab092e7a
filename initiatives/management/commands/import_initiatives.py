"""manage.py import_initiatives FILE: check it, show what would become of it, ask, import it, report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from initiatives.importing.mapping import load_mapping
from initiatives.importing.options import OnDuplicate, Options
from initiatives.importing.reporting import counted, report_lines
from initiatives.importing.running import Elsewhere, carry_out, check, new_run, unfinished_run
from initiatives.models import ImportedRow, ImportRun
from texts.opening import FileFault

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    help = "Import initiatives from our CSV, 360Giving JSON, or other rows with a mapping file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["auto", "csv", "360", "mapping"], default="auto")
        parser.add_argument("--mapping", type=Path, help="A mapping file, or a shipped one: community_fund.")
        parser.add_argument("--source", default="", help="Shown as where the rows come from, at most 80 characters.")
        parser.add_argument("--on-duplicate", choices=[choice.value for choice in OnDuplicate], default="skip")
        parser.add_argument("--dry-run", action="store_true", help="Say what would happen, and write no initiative.")
        parser.add_argument("--yes", action="store_true", help="Do not ask before importing.")
        parser.add_argument("--report", type=Path, help="Write every remark with line, field and reason to this CSV.")

    def handle(self, *args: Any, **given: Any) -> None:
        path: Path = given["file"]
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        try:
            self._run(path, given)
        except (FileFault, Elsewhere) as fault:
            raise CommandError(str(fault)) from None

    def _run(self, path: Path, given: dict[str, Any]) -> None:
        options = Options(
            format=given["format"],
            source=given["source"][:80],
            on_duplicate=given["on_duplicate"],
            mapping=load_mapping(given["mapping"]) if given["mapping"] else None,
        )
        run = None if given["dry_run"] else unfinished_run(path, options, path.name)
        if run is not None:
            self.stdout.write(
                _("This import was stopped after %(rows)s rows. It goes on from there.") % {"rows": run.checkpoint}
            )
        else:
            run = new_run(path, options, filename=path.name)
            with tqdm(desc=_("Checking"), unit=" rows", disable=None) as bar:
                check(run, path, bar.update)
            self._tell(run)
            if given["dry_run"]:
                self._report(run, given["report"])
                return
            if not (run.created or run.updated):
                self.stdout.write(_("Nothing would be written, so nothing is imported."))
                self._report(run, given["report"])
                return
        if not given["yes"] and not self._agreed():
            self.stdout.write(_("Nothing was imported."))
            return
        with tqdm(desc=_("Importing"), unit=" rows", total=run.summary.get("rows"), disable=None) as bar:
            carry_out(run, path, bar.update)
        self._tell(run)
        self._report(run, given["report"])

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError(_("Add --yes to import without being asked, or --dry-run only to look."))
        return input(_("Import them now? [y/N] ")).strip().lower() in {"y", "yes"}

    def _tell(self, run: ImportRun) -> None:
        """The summary, and the first remarks."""
        run.refresh_from_db()
        self.stdout.write("")
        for sentence in run.summary.get("said", []):
            self.stdout.write(f"  {sentence}")
        for label, number in counted(run):
            self.stdout.write(f"  {label:<44}{number:>9,}")
        remarks = run.rows.exclude(outcome=ImportedRow.Outcome.NO_PLACE)
        for remark in remarks[:SHOWN_PROBLEMS]:
            where = f"{remark.field}: " if remark.field else ""
            self.stdout.write(_("  line %(line)s  %(where)s%(reason)s") % {
                "line": remark.line, "where": where, "reason": remark.reason
            })  # fmt: skip
        if (more := remarks.count() - SHOWN_PROBLEMS) > 0:
            self.stdout.write(_("  … and %(more)s more. --report FILE writes them all.") % {"more": f"{more:,}"})
        if run.message:
            self.stdout.write(self.style.WARNING(f"  {run.message}"))

    def _report(self, run: ImportRun, path: Path | None) -> None:
        if path is not None:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(report_lines(run))
            self.stdout.write(_("The report is in %(path)s.") % {"path": path})
