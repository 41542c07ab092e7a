"""An imported initiative is claimed by the organisation that leads it, and is its own to edit from then on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.locking import lock
from initiatives.domain.submitting import moderators
from initiatives.models import Initiative
from initiatives.permissions import can_answer_claims, can_ask_to_claim, can_claim
from notifications.domain.telling import tell
from organisations.models import JoinRequest, Membership, Role
from texts.cleaning import clean_line


@transaction.atomic
def claim_initiative(initiative: Initiative, user: User) -> None:
    """Take an imported initiative over for its organisation; claiming it twice is claiming it once.

    Raises NotAllowed for who does not write for that organisation, InitiativeError for one that was never imported.
    """
    locked = lock(initiative)
    if not locked.source:
        raise InitiativeError(_("It was registered here, so there is nothing to claim."))
    if not can_claim(user, locked):
        raise NotAllowed
    if locked.claimed_at is not None:
        return
    _take_over(locked, user)


def _take_over(locked: Initiative, user: User) -> None:
    """Mark it, and make the row as it stands the cleared version that edits are compared with."""
    locked.claimed_at = timezone.now()
    Initiative.objects.filter(pk=locked.pk).update(claimed_at=locked.claimed_at)
    if locked.live_revision_id is None:
        revision = locked.save_revision(user=user, log_action=False, changed=False)
        Initiative.objects.filter(pk=locked.pk).update(live_revision=revision, has_unpublished_changes=False)
    log(instance=locked, action="initiatives.claim", user=user)


@transaction.atomic
def ask_to_claim(initiative: Initiative, user: User, *, message: str = "") -> JoinRequest:
    """Ask the moderators for an initiative whose organisation has nobody here yet; asking again changes nothing.

    Raises NotAllowed, InitiativeError where the organisation has members: they decide who joins.
    """
    if not can_ask_to_claim(user, initiative):
        raise NotAllowed
    if initiative.lead_organisation.memberships.exists():
        raise InitiativeError(_("This organisation has people here. Ask to join it, and its owners will answer."))
    request, made = JoinRequest.objects.get_or_create(
        organisation=initiative.lead_organisation,
        user=user,
        answered_at=None,
        defaults={"message": clean_line(message)[:300]},
    )
    if made:
        tell(
            moderators(),
            kind="moderation",
            subject=_("Someone claims %(title)s") % {"title": initiative.title},
            template="initiative_claim",
            context={"initiative": initiative, "user": user, "message": request.message},
        )
    return request


@transaction.atomic
def approve_claim(request: JoinRequest, initiative: Initiative, *, moderator: User) -> None:
    """Make who asked the owner of the organisation, and the initiative theirs. Raises NotAllowed, InitiativeError."""
    if not can_answer_claims(moderator):
        raise NotAllowed
    locked = JoinRequest.objects.select_for_update(of=("self",)).select_related("user").get(pk=request.pk)
    if locked.answered_at is not None:
        raise InitiativeError(_("Someone else has answered this already."))
    row = Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    if locked.organisation_id != row.lead_organisation_id:
        raise InitiativeError(_("This request is about another organisation."))
    locked.answered_at, locked.answered_by, locked.accepted = timezone.now(), moderator, True
    locked.save(update_fields=["answered_at", "answered_by", "accepted"])
    Membership.objects.update_or_create(
        organisation_id=locked.organisation_id, user=locked.user, defaults={"role": Role.OWNER}
    )
    if row.claimed_at is None:
        _take_over(row, locked.user)
    tell(
        [locked.user],
        kind="claim",
        subject=_("%(title)s is yours to look after") % {"title": row.title},
        template="initiative_claimed",
        context={"initiative": row},
    )
