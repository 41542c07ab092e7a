"""Close a partnership, and say what came of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import NotAllowed, PartnershipError
from partnerships.domain.locking import lock, lock_as_party
from partnerships.domain.noting import say_in_talk
from partnerships.domain.settling import current_parties, tell_together
from partnerships.domain.telling import tell_parties
from partnerships.models import Closing, Partnership, PartyRole, State
from partnerships.permissions import can_act_for, invited_to
from texts.cleaning import clean_text, says_something


@transaction.atomic
def close(partnership: Partnership, *, user: User, organisation: Organisation, outcome: str) -> Closing:
    """For all parties, and for good; closed twice is closed once. Raises PartnershipError."""
    closed: Closing | None = lock(partnership).closings.filter(how=Closing.How.CLOSED).first()
    if closed is not None and can_act_for(user, organisation):
        return closed
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    if not may_close(locked, organisation):
        raise PartnershipError(_("Who leads it closes it for all. Your organisation can leave."))
    came = clean_text(outcome)
    if not says_something(came):
        raise PartnershipError(_("Say what came of it, in a sentence or two: others will learn from it."))
    if locked.stands is None:
        raise NotAllowed
    closing: Closing = Closing.objects.create(
        partnership=locked,
        version=locked.stands,
        how=Closing.How.CLOSED,
        outcome=came,
        organisation=organisation,
        user=user,
    )
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    asked = {one.pk for one in invited_to(locked)}
    locked.invited.clear()
    if locked.in_force_at is not None:
        tell_together(locked.stands.pk)
    log(instance=locked, action="partnerships.close", user=user, data={"for": organisation.name})
    title = _("%(name)s has closed “%(title)s”") % {"name": organisation.name, "title": str(locked)}
    tell_parties(locked, title, detail=came, but=user)
    words = _("We have closed %(title)s for all. What came of it is on its page.")
    say_in_talk(locked, words, user=user, organisation=organisation, title=str(locked))
    tell_parties(locked, title, but=user, only=asked)  # they read nothing more of it
    return closing


def may_close(partnership: Partnership, organisation: Organisation) -> bool:
    """Who leads it; any party where nobody leads, after its last day, or with one other party at the most."""
    stands = partnership.stands
    if stands is None:
        return False
    current = current_parties(partnership)
    if organisation.pk not in current:  # it is only asked to join
        return False
    leading = {party.organisation_id for party in stands.parties.all() if party.role == PartyRole.LEADS} & current
    if not leading or organisation.pk in leading:
        return True
    return len(current) <= 2 or partnership.state == State.ENDED
