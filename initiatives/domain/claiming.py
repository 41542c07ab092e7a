"""An imported initiative is claimed by the organisation that leads it, and is its own to edit from then on.

Whose organisation has nobody here yet asks to join it: the moderators answer, and the first to join is its owner.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from initiatives.domain.drafting import keep_cleared_version
from initiatives.domain.errors import InitiativeError, NotAllowed
from initiatives.domain.freshening import freshen
from initiatives.domain.locking import lock
from initiatives.models import Initiative
from initiatives.permissions import can_claim


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
    keep_cleared_version(locked, user)  # edits are compared with it
    now = timezone.now()
    Initiative.objects.filter(pk=locked.pk).update(claimed_at=now, confirmed_at=now)
    freshen(locked)
    log(instance=locked, action="initiatives.claim", user=user)
