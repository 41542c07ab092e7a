"""Where an initiative stands, as its editors and the moderators see it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from accounts.models import User
from initiatives.models import Initiative, Status
from initiatives.queries.differing import Change, changes_between
from organisations.permissions import organisations_to_write_for


@dataclass(frozen=True)
class Standing:
    """One initiative of one's own and what waits for whom."""

    initiative: Initiative
    state: str
    label: str
    reason: str = ""


def _standing(initiative: Initiative) -> Standing:
    """The state in one word: draft, waiting, returned, rejected, live, edited."""
    task = next(
        (
            task
            for flow in initiative.workflow_states.all()
            if flow.status in _OPEN
            for task in (flow.current_task_state,)
        ),
        None,
    )
    if task is not None and task.status == TaskState.STATUS_IN_PROGRESS:
        return Standing(initiative, "waiting", _("Waiting for clearance"))
    if task is not None and task.status == TaskState.STATUS_REJECTED:
        return Standing(initiative, "returned", _("Please look again"), task.get_comment())
    if initiative.status == Status.REJECTED:
        return Standing(initiative, "rejected", _("Not accepted"))
    if not initiative.live:
        return Standing(initiative, "draft", _("Draft"))
    if initiative.has_unpublished_changes:
        return Standing(initiative, "edited", _("Public, with changes not yet submitted"))
    return Standing(initiative, "live", _("Public"))


_OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)


def with_states() -> Prefetch[str]:
    """The prefetch that `standings` reads from."""
    return Prefetch(
        "workflow_states",
        queryset=WorkflowState.objects.filter(status__in=_OPEN).select_related("current_task_state"),
    )


def standing_of(initiative: Initiative) -> Standing:
    """Where one initiative stands."""
    return _standing(Initiative.objects.prefetch_related(with_states()).get(pk=initiative.pk))


def work_to_do(user: User, *, limit: int = 200) -> list[Standing]:
    """The initiatives a person may write for, the latest first. A fixed number of queries."""
    found = (
        Initiative.objects.filter(lead_organisation__in=organisations_to_write_for(user), merged_into=None)
        .select_related("lead_organisation", "latest_revision")
        .prefetch_related(with_states())
        .order_by("-latest_revision__created_at", "-pk")[:limit]
    )
    return [_standing(initiative) for initiative in found]


@dataclass(frozen=True)
class Waiting:
    """One entry of the moderators' queue."""

    initiative: Initiative
    title: str
    since: datetime.datetime
    by: str
    is_edit: bool
    task_state: TaskState


def queue(*, limit: int = 100) -> list[Waiting]:
    """What waits for a moderator, the longest first. Two queries."""
    tasks = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Initiative),
        )
        .select_related("workflow_state__requested_by", "revision")
        .order_by("started_at")[:limit]
    )
    found = {task.workflow_state.object_id: task for task in tasks}
    initiatives = Initiative.objects.select_related("lead_organisation").in_bulk([int(pk) for pk in found])
    return [
        Waiting(
            initiative=initiatives[int(pk)],
            title=task.revision.object_str or initiatives[int(pk)].title,
            since=task.started_at,
            by=str(task.workflow_state.requested_by or ""),
            is_edit=initiatives[int(pk)].live,
            task_state=task,
        )
        for pk, task in found.items()
        if int(pk) in initiatives
    ]


@dataclass(frozen=True)
class Review:
    """What a moderator reads before answering."""

    initiative: Initiative
    version: Initiative
    changes: Sequence[Change]
    revision_id: int
    by: str
    since: datetime.datetime


def review_of(initiative: Initiative) -> Review | None:
    """The waiting version beside the cleared one; None where nothing waits any more."""
    task = initiative.current_workflow_task_state
    if task is None or task.status != TaskState.STATUS_IN_PROGRESS:
        return None
    version = task.revision.as_object()
    return Review(
        initiative=initiative,
        version=version,
        changes=changes_between(initiative if initiative.live else None, version),
        revision_id=task.revision_id,
        by=str(task.revision.user or task.workflow_state.requested_by or ""),
        since=task.started_at,
    )


def history_of(initiative: Initiative, *, limit: int = 200) -> list[ModelLogEntry]:
    """The audit log of one initiative, newest first."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Initiative), object_id=str(initiative.pk)
    )
    return list(entries.select_related("user").order_by("-timestamp", "-pk")[:limit])
