"""The row as it stands now, held until the transaction ends: every verb begins with it."""

from __future__ import annotations

from accounts.models import User
from organisations.models import Organisation
from partnerships.domain.errors import AlreadyEnded, NotAllowed
from partnerships.domain.settling import current_parties
from partnerships.models import Partnership
from partnerships.permissions import can_act_for, invited_to, readers_of


def lock(partnership: Partnership) -> Partnership:
    """The partnership's row, fresh and locked. Asks for an open transaction."""
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("stands", "thread")
    return rows.get(pk=partnership.pk)


def lock_for(partnership: Partnership, *, user: User, organisation: Organisation) -> Partnership:
    """The same, where this person acts for this party or for one asked to join, and it is not closed. Raises
    NotAllowed, AlreadyEnded."""
    locked = lock(partnership)
    if organisation not in [*readers_of(locked), *invited_to(locked)] or not can_act_for(user, organisation):
        raise NotAllowed
    if locked.closed_at is not None:
        raise AlreadyEnded
    return locked


def lock_as_party(partnership: Partnership, *, user: User, organisation: Organisation) -> Partnership:
    """The same, for what only a party may do: one that is merely asked to join may not. Raises likewise."""
    locked = lock_for(partnership, user=user, organisation=organisation)
    if organisation.pk not in current_parties(locked):
        raise NotAllowed
    return locked
