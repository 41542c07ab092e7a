"""What happens by itself, and how often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True)
class Job:
    """A management command and how many seconds lie between two of its runs."""

    command: str
    every: int


JOBS = (
    Job("send_pending", 5 * MINUTE),
    Job("send_alerts", 5 * MINUTE),
    Job("tell_posts", MINUTE),
    Job("send_digests", MINUTE),
    Job("find_overlaps", MINUTE),
    Job("end_initiatives", HOUR),
    Job("search_index", MINUTE),  # beside a worker that watches, and instead of one
    Job("search_threads", MINUTE),
    Job("search_vectors", MINUTE),
    Job("search_statistics", HOUR),
    Job("find_duplicates", DAY),
    Job("remind_partnerships", DAY),
    Job("ask_still_running", DAY),
    Job("forget_uploads", DAY),
    Job("forget_attachments", DAY),
    Job("forget_reporters", DAY),
    Job("clearsessions", DAY),
    Job("recount", DAY),
    Job("count_coverage", DAY),
    Job("take_snapshot", DAY),  # of the month, once
    Job("tell_changes", HOUR),  # of the week, once
    Job("forget_missed", DAY),
    Job("learn_overlaps", DAY),
)
WITH_A_WORKER = (Job("prune_db_task_results", DAY),)


def due(jobs: tuple[Job, ...] | None = None) -> Iterator[Job]:
    """The jobs whose turn it is. Of several schedulers that share a cache one gets each turn."""
    if jobs is None:
        has_worker = "django_tasks_db" in settings.TASKS["default"]["BACKEND"]
        jobs = JOBS + WITH_A_WORKER if has_worker else JOBS
    for job in jobs:
        if cache.add(f"schedule:{job.command}", "taken", job.every):
            yield job


def run_due(report: Callable[[str, Exception | None], None], jobs: tuple[Job, ...] | None = None) -> int:
    """Run what is due; one that fails hinders no other. Gives how many ran."""
    number = 0
    for job in due(jobs):
        number += 1
        try:
            call_command(job.command, verbosity=0)
        except Exception as error:
            report(job.command, error)
        else:
            report(job.command, None)
    return number
