"""Running an import: checked first, then written batch by batch, each with its checkpoint in one transaction."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from initiatives.importing.options import Options, digest_of
from initiatives.importing.rows import SourceRow
from initiatives.importing.settling import Settler, first_rows
from initiatives.models import ImportedRow, ImportRun
from texts.opening import FileFault

BATCH = 500
_USUAL_COLLECTING = gc.get_threshold()
SHOWN_ROWS = 8
COUNTS = ("created", "updated", "skipped", "failed", "without_place", "noted")
State = ImportRun.State
Progress = Callable[[int], object]


class Elsewhere(Exception):
    """Another process is running the same import; the text says so."""


def unfinished_run(path: Path, options: Options, filename: str) -> ImportRun | None:
    """A run of just this file and these options that was stopped before its end."""
    digest = digest_of(path, options, filename)
    return ImportRun.objects.filter(digest=digest, state__in=[State.RUNNING, State.FAILED]).first()


def new_run(path: Path, options: Options, *, filename: str, user: User | None = None, upload: str = "") -> ImportRun:
    """A run that is yet to be checked. Raises FileFault where the file cannot be used at all."""
    reading = options.reading(path, filename)
    return ImportRun.objects.create(
        digest=digest_of(path, options, filename),
        filename=filename[-200:],
        upload=upload,
        options=options.as_json(),
        state=State.CHECKING,
        summary={"source": reading.source, "format": reading.format},
        started_by=user,
    )


def begin(run: ImportRun, on_duplicate: str) -> bool:
    """Turn a checked run into one that imports, for just one of those who ask at once."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != State.CHECKED:
            return False
        options = {**locked.options, "on_duplicate": on_duplicate}
        ImportRun.objects.filter(pk=run.pk).update(options=options)
        _begin_again(run, State.RUNNING)
    return True


def check(run: ImportRun, path: Path, progress: Progress | None = None) -> None:
    """Read the whole file and say what would become of each row, without writing any initiative."""
    _begin_again(run, State.CHECKING)
    _go_through(run, path, progress, write=False)


def carry_out(run: ImportRun, path: Path, progress: Progress | None = None) -> None:
    """Import the file, from the checkpoint on where it was stopped. Raises Elsewhere, FileFault.

    Rows before a place where the file breaks go in; the run's message says where it broke.
    """
    if run.state not in (State.RUNNING, State.FAILED):
        _begin_again(run, State.RUNNING)
    elif progress and run.checkpoint:
        progress(run.checkpoint)
    ImportRun.objects.filter(pk=run.pk).update(state=State.RUNNING, message="", touched_at=timezone.now())
    _go_through(run, path, progress, write=True)


def _begin_again(run: ImportRun, state: str) -> None:
    """Back to the first row. Taken by one process only."""
    with transaction.atomic():
        ImportedRow.objects.filter(run=run).delete()
        ImportRun.objects.filter(pk=run.pk).update(
            state=state,
            checkpoint=0,
            message="",
            finished_at=None,
            touched_at=timezone.now(),
            **dict.fromkeys(COUNTS, 0),
        )
    run.refresh_from_db()


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """A batch makes thousands of objects and leaves no cycles: looking for them took a quarter of an import's time."""
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL_COLLECTING)


@_seldom_collecting()
def _go_through(run: ImportRun, path: Path, progress: Progress | None, *, write: bool) -> None:
    options = Options.from_json(run.options)
    reading = options.reading(path, run.filename)
    settler = Settler(run, reading.source, options.on_duplicate, write=write)
    summary: dict[str, Any] = {**run.summary, "said": [], "first": []}
    broken = ""
    done = run.checkpoint
    rows = islice(reading.rows(), done, None)
    while not broken:
        batch, broken = _take(rows)
        if not batch:
            break
        with transaction.atomic():
            _hold(run, done)
            settled = settler.settle(batch)
            done += len(batch)
            ImportedRow.objects.bulk_create(settled.remarks, batch_size=1_000)
            _advance(run, done, settled.counts)
        if not summary["first"]:
            summary["first"] = first_rows(settled, SHOWN_ROWS)
        if progress:
            progress(len(batch))
    _finish(run, done, broken, {**summary, "said": reading.said, "rows": done}, write=write)


def _take(rows: Iterator[SourceRow]) -> tuple[list[SourceRow], str]:
    """The next rows, and the sentence where the file cannot be read beyond them."""
    batch: list[SourceRow] = []
    try:
        for row in islice(rows, BATCH):
            batch.append(row)
    except FileFault as fault:
        return batch, str(fault)
    return batch, ""


def _hold(run: ImportRun, expected: int) -> None:
    """Lock the run; where it is no longer where this process left it, another one has it."""
    locked = ImportRun.objects.select_for_update().filter(pk=run.pk).values_list("checkpoint", flat=True).first()
    if locked != expected:
        raise Elsewhere(_("This import is already being run elsewhere. Wait for it, or look at its page."))


def _advance(run: ImportRun, done: int, counts: Counter[str]) -> None:
    ImportRun.objects.filter(pk=run.pk).update(
        checkpoint=done, touched_at=timezone.now(), **{name: F(name) + number for name, number in counts.items()}
    )


def _finish(run: ImportRun, done: int, broken: str, summary: dict[str, Any], *, write: bool) -> None:
    if not done and not broken:
        broken = _("The file has a header but no rows.")
    state = State.CHECKED
    if write:
        state = State.FAILED if broken else State.DONE
    run.refresh_from_db()
    run.state, run.message, run.summary = state, broken, summary
    run.finished_at = timezone.now() if write else None
    run.save(update_fields=["state", "message", "summary", "finished_at"])
