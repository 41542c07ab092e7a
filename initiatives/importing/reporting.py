"""What a run came to, as a table and as a CSV that is safe to open."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from initiatives.models import ImportedRow, ImportRun
from texts.exporting import csv_lines


def counted(run: ImportRun) -> list[tuple[str, int]]:
    """Label and number, in the order people ask."""
    checked = run.state in (ImportRun.State.CHECKING, ImportRun.State.CHECKED)
    return [
        (_("Rows read"), run.checkpoint),
        (_("Would be added") if checked else _("Added"), run.created),
        (_("Would be brought up to date") if checked else _("Brought up to date"), run.updated),
        (_("Skipped, as they are here already"), run.skipped),
        (_("Not importable"), run.failed),
        (_("Of those that go in: without a place"), run.without_place),
        (_("Of those that go in: with a note"), run.noted),
    ]


def report_lines(run: ImportRun) -> Iterator[str]:
    """The report as CSV, line by line: every row that needs a word, with its line, field and reason."""
    rows = run.rows.values_list("line", "outcome", "field", "reason", "title", "initiative__slug")
    labels = {outcome.value: outcome.label for outcome in ImportedRow.Outcome}
    return csv_lines(
        [_("line"), _("outcome"), _("field"), _("reason"), _("title"), _("matches")],
        ((line, labels[outcome], field, reason, title, slug or "") for line, outcome, field, reason, title, slug in
         rows.iterator(chunk_size=2_000)),
    )  # fmt: skip
