"""Handing a version to the moderators."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowState, WorkflowTask

from accounts.models import User
from accounts.permissions import MODERATORS
from accounts.queries import moderators
from initiatives.domain.completeness import missing_answers
from initiatives.domain.errors import Incomplete, InitiativeError, NotAllowed
from initiatives.domain.locking import lock
from initiatives.models import Initiative, Status
from initiatives.permissions import can_edit
from notifications.domain.telling import tell


def clearance_workflow() -> Workflow:
    """The one workflow of the registry: a moderator clears every version. Made on first use."""
    workflow, _made = Workflow.objects.get_or_create(name="Clearance")
    if not workflow.workflow_tasks.exists():
        task, _made = GroupApprovalTask.objects.get_or_create(name="A moderator clears it")
        task.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowContentType.objects.get_or_create(
        content_type=Initiative.get_base_content_type(), defaults={"workflow": workflow}
    )
    return workflow


@transaction.atomic
def submit_initiative(initiative: Initiative, *, user: User) -> None:
    """Put the latest version into the moderators' queue; submitting what already waits changes nothing.

    Raises NotAllowed; Incomplete with what each page still lacks; InitiativeError where nothing changed.
    """
    locked = lock(initiative)
    if not can_edit(user, locked):
        raise NotAllowed
    state = locked.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return
    draft: Initiative = locked.get_latest_revision_as_object()
    if missing := missing_answers(draft):
        raise Incomplete(missing)
    if locked.live and not locked.has_unpublished_changes:
        raise InitiativeError(_("Nothing has changed since the cleared version, so there is nothing to submit."))
    if locked.status == Status.REJECTED:
        Initiative.objects.filter(pk=locked.pk).update(status=Status.RUNNING)
    if state is not None:
        state.resume(user=user)
    else:
        clearance_workflow().start(locked, user)
    tell(
        moderators(),
        kind="moderation",
        subject=_("Waiting for clearance: %(title)s") % {"title": draft.title},
        template="initiative_submitted",
        context={"initiative": draft, "user": user, "is_edit": locked.live},
        path=reverse("moderation-review", args=[draft.pk]),
    )
