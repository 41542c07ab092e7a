"""Checking and importing an uploaded file beside the request that asked for it.

A small file is done within the request. A larger one is a task for the workers where there are any (TASKS=database),
else a thread of this process: should that end in between, the run waits at its checkpoint to be continued.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from initiatives.importing.running import COUNTS, Elsewhere, carry_out, check
from initiatives.models import ImportRun
from texts.opening import FileFault

logger = logging.getLogger("steppingstones.importing")
WITHIN_REQUEST = 512 * 1024  # bytes; about a second
QUIET_FOR = timedelta(seconds=60)


def work_on(run: ImportRun) -> None:
    """Check or import the run's upload, whichever its state asks for, now or beside this request."""
    if Path(run.upload.path).stat().st_size <= WITHIN_REQUEST:
        _work(run.pk)
    elif "immediate" in settings.TASKS["default"]["BACKEND"].lower():
        threading.Thread(target=_in_thread, args=(run.pk,), name=f"import-{run.pk}", daemon=True).start()
    else:
        work_on_run.enqueue(run.pk)


def has_stopped(run: ImportRun) -> bool:
    """It should be going on, and nothing was settled for a minute."""
    going = run.state in (ImportRun.State.CHECKING, ImportRun.State.RUNNING)
    return going and timezone.now() - run.touched_at > QUIET_FOR


@task()
def work_on_run(run_id: int) -> None:
    """The worker's side of `work_on`."""
    _work(run_id)


def _in_thread(run_id: int) -> None:
    close_old_connections()
    try:
        _work(run_id)
    finally:
        connections.close_all()


def _work(run_id: int) -> None:
    run = ImportRun.objects.get(pk=run_id)
    path = Path(run.upload.path)
    try:
        if run.state == ImportRun.State.CHECKING:
            check(run, path)
        else:
            carry_out(run, path)
    except Elsewhere:
        logger.info("Import %s is run elsewhere", run_id)
    except FileFault as fault:
        _stop(run_id, str(fault))
    except Exception:
        logger.exception("Import %s stopped", run_id)
        _stop(run_id, _("Something went wrong on our side. What was imported stays; try to go on from there."))
    else:
        if run.state == ImportRun.State.DONE:
            run.upload.delete(save=True)  # nothing is read from it any more


def _stop(run_id: int, message: str) -> None:
    """Keep how far an import came; a check wrote nothing, so whatever follows it begins at the first row."""
    run = ImportRun.objects.get(pk=run_id)
    unwritten = {"checkpoint": 0, **dict.fromkeys(COUNTS, 0)} if run.state == ImportRun.State.CHECKING else {}
    ImportRun.objects.filter(pk=run_id).update(state=ImportRun.State.FAILED, message=message, **unwritten)
