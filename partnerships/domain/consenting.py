"""Whether everyone may read the summary: only while all want it that are bound or ever were."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import NotAllowed
from partnerships.domain.locking import lock
from partnerships.domain.settling import ever_bound, settle
from partnerships.models import Consent, Partnership
from partnerships.permissions import can_act_for, readers_of


@transaction.atomic
def change_consent(partnership: Partnership, *, user: User, organisation: Organisation, wanted: bool) -> bool:
    """The organisation wants the summary to be public, or no longer; after the end too. Gives whether it is public
    now. Raises NotAllowed."""
    locked = lock(partnership)
    is_theirs = organisation in readers_of(locked) or organisation.pk in ever_bound(locked)
    if not is_theirs or not can_act_for(user, organisation):
        raise NotAllowed
    given = Consent.objects.filter(partnership=locked, organisation=organisation, withdrawn_at=None)
    if wanted == given.exists():
        return locked.is_public
    if wanted:
        Consent.objects.create(partnership=locked, organisation=organisation, user=user)
    else:
        given.update(withdrawn_at=timezone.now())
    settle(locked, by=user)
    action = "partnerships.consent" if wanted else "partnerships.withdraw"
    log(instance=locked, action=action, user=user, data={"for": organisation.name})
    return locked.is_public
