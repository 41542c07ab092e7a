"""A moderator's answers: approve, send back with a reason, reject, withdraw. Wagtail's workflow keeps the states."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import log
from wagtail.models import TaskState, WorkflowState

from accounts.models import User
from initiatives.domain.drafting import keep_cleared_version
from initiatives.domain.errors import ChangedMeanwhile, InitiativeError, NotAllowed, NotWaiting
from initiatives.domain.freshening import freshen
from initiatives.domain.locking import lock
from initiatives.models import Initiative, Status
from initiatives.permissions import can_moderate, can_withdraw
from notifications.domain.telling import tell
from organisations.domain.showing import show_organisations
from organisations.queries import writers_of


def _waiting(initiative: Initiative, moderator: User, seen_revision: int) -> tuple[Initiative, TaskState]:
    """The row, locked, and the task that waits. Raises NotAllowed, NotWaiting, ChangedMeanwhile."""
    if not can_moderate(moderator):
        raise NotAllowed
    locked = lock(initiative)
    task_state = locked.current_workflow_task_state
    if task_state is None or task_state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotWaiting
    if task_state.revision_id != seen_revision:
        raise ChangedMeanwhile
    return locked, task_state


def _tell_writers(
    initiative: Initiative, template: str, subject: str, moderator: User, reason: str, *, path: str
) -> None:
    tell(
        writers_of(initiative.lead_organisation),
        kind="moderation",
        subject=subject % {"title": initiative.title},
        template=template,
        context={"initiative": initiative, "reason": reason, "moderator": moderator},
        path=path,
    )


@transaction.atomic
def approve_initiative(initiative: Initiative, *, moderator: User, seen_revision: int, note: str = "") -> None:
    """Make the waiting version the public one, and its organisations public with it."""
    locked, task_state = _waiting(initiative, moderator, seen_revision)
    was_live = locked.live
    task_state.approve(user=moderator, comment=note)
    cleared = Initiative.objects.select_related("lead_organisation").get(pk=locked.pk)
    if not was_live:
        Initiative.objects.filter(pk=cleared.pk).update(confirmed_at=cleared.first_published_at)
    freshen(cleared)
    show_organisations([cleared.lead_organisation_id, *cleared.partners.values_list("organisation_id", flat=True)])
    path = cleared.get_absolute_url()
    _tell_writers(cleared, "initiative_approved", _("Now public: %(title)s"), moderator, note, path=path)


@transaction.atomic
def return_initiative(initiative: Initiative, *, moderator: User, seen_revision: int, reason: str) -> None:
    """Send the waiting version back to its editors. Raises InitiativeError without a reason."""
    if not reason.strip():
        raise InitiativeError(_("Say what should be changed, so that they can mend it."))
    _locked, task_state = _waiting(initiative, moderator, seen_revision)
    task_state.reject(user=moderator, comment=reason)
    returned = task_state.revision.as_object()
    path = reverse("initiative-check", args=[returned.pk])
    _tell_writers(returned, "initiative_returned", _("Please look again: %(title)s"), moderator, reason, path=path)


@transaction.atomic
def reject_initiative(initiative: Initiative, *, moderator: User, seen_revision: int, reason: str) -> None:
    """Refuse the waiting version for good: a new initiative stays unseen, an edit gives way to the cleared version."""
    if not reason.strip():
        raise InitiativeError(_("Say why it is not accepted; its editors will read it."))
    locked, task_state = _waiting(initiative, moderator, seen_revision)
    refused = task_state.revision.as_object()
    state: WorkflowState = task_state.workflow_state
    state.cancel(user=moderator)
    log(
        instance=locked,
        action="initiatives.reject",
        user=moderator,
        data={"reason": reason},
        revision=task_state.revision,
    )
    if locked.live:
        # Nothing typed is lost: the refused version stays in the history, the cleared one is on top of it again.
        locked.live_revision.as_object().save_revision(user=moderator, log_action=False, changed=False)
        Initiative.objects.filter(pk=locked.pk).update(has_unpublished_changes=False)
    else:
        Initiative.objects.filter(pk=locked.pk).update(status=Status.REJECTED)
    path = reverse("initiative-history", args=[refused.pk])
    _tell_writers(refused, "initiative_rejected", _("Not accepted: %(title)s"), moderator, reason, path=path)


@transaction.atomic
def withdraw_initiative(initiative: Initiative, *, moderator: User, reason: str) -> None:
    """Take a public initiative away from the public: its editors have it as a draft, and may mend and submit it again.
    Raises InitiativeError."""
    if not can_withdraw(moderator):
        raise NotAllowed
    if not reason.strip():
        raise InitiativeError(_("Say why it is withdrawn; its editors will read it."))
    locked = lock(initiative)
    if not locked.live:
        raise InitiativeError(_("It is not public any more: somebody else has withdrawn it."))
    keep_cleared_version(locked, moderator)
    # Who may is asked above; Wagtail tells the lists, in this transaction.
    UnpublishAction(locked, user=moderator, log_action=False).execute(skip_permission_checks=True)
    log(instance=locked, action="initiatives.withdraw", user=moderator, data={"reason": reason})
    path = reverse("initiative-check", args=[locked.pk])
    _tell_writers(locked, "initiative_withdrawn", _("Withdrawn: %(title)s"), moderator, reason, path=path)
