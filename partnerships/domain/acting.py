"""Actions: who will do what by when, done, and open again."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.log_actions import log

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import PartnershipError
from partnerships.domain.locking import lock_as_party
from partnerships.domain.telling import tell_parties
from partnerships.models import Action, Partnership
from partnerships.permissions import can_change_action, readers_of
from texts.cleaning import clean_line, says_something

MOST = 300
DAY_IS_PAST = _lazy("That day is past. Choose today or a later one, or leave it empty.")


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
    said = _checked(locked, text, owner)
    if due_on is not None and due_on < timezone.localdate():
        raise PartnershipError(DAY_IS_PAST)
    if locked.actions.count() >= MOST:
        raise PartnershipError(_("There are three hundred actions here. Close this partnership and begin another."))
    before = locked.actions.filter(text=said, owner=owner, due_on=due_on, done_at=None).first()
    if before is not None:
        return before
    action = Action.objects.create(partnership=locked, text=said, owner=owner, due_on=due_on, made_by=user)
    log(instance=locked, action="partnerships.act", user=user, data={"for": organisation.name, "action": said})
    _tell_owner(locked, action, user)
    return action


@transaction.atomic
def change_action(
    partnership: Partnership,
    *,
    pk: int,
    user: User,
    organisation: Organisation,
    text: str,
    owner: Organisation,
    due_on: datetime.date | None = None,
) -> Action:
    """Whose it is, or who wrote it, says it otherwise, while it is open; what it was stays in the log. Whoever is to do
    it now is told where that changed. Raises PartnershipError."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    action = _own_action(locked, pk, user)
    said = _checked(locked, text, owner)
    if due_on is not None and due_on != action.due_on and due_on < timezone.localdate():
        raise PartnershipError(DAY_IS_PAST)
    was = _told(action)
    is_anothers = action.owner_id != owner.pk
    action.text, action.owner, action.due_on = said, owner, due_on
    if _told(action) == was:
        return action
    action.save(update_fields=["text", "owner", "due_on"])
    data = {"for": organisation.name, "was": was, "action": _told(action)}
    log(instance=locked, action="partnerships.change", user=user, data=data)
    if is_anothers:
        _tell_owner(locked, action, user)
    return action


@transaction.atomic
def remove_action(partnership: Partnership, *, pk: int, user: User, organisation: Organisation) -> None:
    """Whose it is, or who wrote it, takes it off the list, while it is open; it stays in the log. Removed twice is
    removed once. Raises PartnershipError."""
    locked = lock_as_party(partnership, user=user, organisation=organisation)
    if not locked.actions.filter(pk=pk).exists():
        return
    action = _own_action(locked, pk, user)
    data = {"for": organisation.name, "was": _told(action)}
    log(instance=locked, action="partnerships.remove", user=user, data=data)
    title = _("Taken off the list: %(text)s") % {"text": action.text}
    tell_parties(locked, title, detail=str(locked), but=user, only={action.owner_id})
    action.delete()


def _checked(locked: Partnership, text: str, owner: Organisation) -> str:
    """The text as it is kept."""
    said = clean_line(text)
    if not says_something(said):
        raise PartnershipError(_("Say what will be done."))
    if owner not in readers_of(locked):
        raise PartnershipError(_("Choose one of the parties to do it."))
    return said[:300]


def _own_action(locked: Partnership, pk: int, user: User) -> Action:
    action = locked.actions.select_related("owner").filter(pk=pk).first()
    if action is None:
        raise PartnershipError(_("This action is not there."))
    if not can_change_action(user, action):
        raise PartnershipError(_("Whose action it is changes it, or who wrote it."))
    if action.is_done:
        raise PartnershipError(_("It is done. Open it again to change it."))
    return action


def _told(action: Action) -> dict[str, str]:
    day = action.due_on.isoformat() if action.due_on else ""
    return {"text": action.text, "by": action.owner.name, "due": day}


def _tell_owner(locked: Partnership, action: Action, user: User) -> None:
    title = _("For %(name)s to do: %(text)s") % {"name": action.owner.name, "text": action.text}
    tell_parties(locked, title, detail=str(locked), but=user, only={action.owner_id})


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
