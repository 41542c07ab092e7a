"""Actions: who will do what by when, done, and open again."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError
from partnerships.domain.locking import lock_as_party
from partnerships.domain.telling import tell_parties
from partnerships.models import Action, Partnership
from partnerships.permissions import readers_of
from texts.cleaning import clean_line, says_something

MOST = 300


@transaction.atomic
def add_action(
    partnership: Partnership,
    *,
    user: User,
    organisation: Organisation,
    text: str,
    owner: Organisation,
    due_on: datetime.date | None = None,
) -> Action:
    """`owner`: the party that will do it; its people are told. The same one twice, still open, is once. Raises
    PartnershipError."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    said = clean_line(text)
    if not says_something(said):
        raise PartnershipError(_("Say what will be done."))
    if owner not in readers_of(locked):
        raise PartnershipError(_("Choose one of the parties to do it."))
    if locked.actions.count() >= MOST:
        raise PartnershipError(_("There are three hundred actions here. Close this partnership and begin another."))
    before = locked.actions.filter(text=said[:300], owner=owner, due_on=due_on, done_at=None).first()
    if before is not None:
        return before
    action = Action.objects.create(partnership=locked, text=said[:300], owner=owner, due_on=due_on, made_by=user)
    log(instance=locked, action="partnerships.act", user=user, data={"for": organisation.name, "action": said})
    title = _("For %(name)s to do: %(text)s") % {"name": owner.name, "text": said}
    tell_parties(locked, title, detail=str(locked), but=user, only={owner.pk})
    return action


@transaction.atomic
def finish_action(partnership: Partnership, *, pk: int, user: User, organisation: Organisation, done: bool) -> Action:
    """It is done, or open again. Twice is once. Raises PartnershipError."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    action = locked.actions.filter(pk=pk).first()
    if action is None:
        raise PartnershipError(_("This action is not there."))
    if action.is_done == done:
        return action
    action.done_at, action.done_by = (timezone.now(), user) if done else (None, None)
    action.save(update_fields=["done_at", "done_by"])
    name = "finish" if done else "reopen"
    log(
        instance=locked,
        action=f"partnerships.{name}",
        user=user,
        data={"for": organisation.name, "action": action.text},
    )
    return action
