"""manage.py load_register KIND FILE: read a public register, say what changed."""

from __future__ import annotations

import argparse
import datetime
import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from organisations.registers.domain.loading import LoadRefused, Report, load_register
from organisations.registers.readers import REGISTERS
from texts.opening import FileFault

_SHOWN = 20  # remarks; the page of loads has more


def _system_user() -> str:
    """Whoever is logged in where the command runs; "" where the system has no name for them, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


class Command(BaseCommand):
    help = "Read a public register's CSV file. Run again it updates; what the file no longer names is marked closed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(REGISTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="Shown as where it comes from; the file's name unless given.")
        parser.add_argument("--date", type=datetime.date.fromisoformat, help="The day it speaks for, else today.")
        parser.add_argument(
            "--by", default="", help="Who runs it, for the page of loads; the system's user unless given."
        )
        parser.add_argument("--closing", action="store_true", help="Close what is gone, be it more than a fifth.")

    def handle(self, *args: Any, **given: Any) -> None:
        path: Path = given["file"]
        if not path.is_file():
            raise CommandError(_("There is no file “%(name)s”.") % {"name": path})
        try:
            with tqdm(desc=given["kind"], unit=" rows", disable=None if given["verbosity"] else True) as bar:
                report = load_register(
                    given["kind"],
                    path,
                    source=given["source"],
                    as_of=given["date"],
                    closing=given["closing"],
                    by=given["by"] or _system_user(),
                    progress=bar.update,
                )
        except (FileFault, LoadRefused) as fault:
            raise CommandError(str(fault)) from None
        self._tell(report)

    def _tell(self, report: Report) -> None:
        load = report.load
        for sentence in report.said:
            self.stdout.write(sentence)
        for line, remark in report.remarks[:_SHOWN]:
            self.stdout.write(_("  line %(line)s  %(remark)s") % {"line": line, "remark": remark})
        if (more := load.refused + load.doubled - min(_SHOWN, len(report.remarks))) > 0:
            self.stdout.write(_("  … and %(more)s more.") % {"more": f"{more:,}"})
        counts = _(
            "%(rows)s rows: %(added)s new, %(updated)s changed, %(unchanged)s as before, %(closed)s closed, "
            "%(refused)s left out, %(doubled)s there twice."
        )
        names = ("rows", "added", "updated", "unchanged", "closed", "refused", "doubled")
        self.stdout.write(counts % {name: f"{getattr(load, name):,}" for name in names})
        if report.withheld:
            raise CommandError(
                _(
                    "%(gone)s of %(open)s entries are not in this file. That is more than a fifth, so none was closed: "
                    "is the file whole? If they are really gone, run it again with --closing."
                )
                % {"gone": f"{report.withheld:,}", "open": f"{report.open_before:,}"}
            )
