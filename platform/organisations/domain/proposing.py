"""Keeping the proposals of duplicates as the organisations are now, and deciding them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.duplicates.entries import domain_of, entries
from organisations.duplicates.finding import Found, find, find_for
from organisations.models import DuplicateProposal, Identifier, Organisation
from organisations.permissions import can_decide_duplicates

State = DuplicateProposal.State
_LOOKED_AT = 200  # rows that share something with a new one


def propose_duplicates() -> int:
    """Look through all organisations; what was proposed, undecided, and is no more goes. Gives how many were found."""
    began = timezone.now()
    decided = DuplicateProposal.objects.exclude(state=State.OPEN).values_list("first_id", "second_id")
    found = find(entries(), apart=decided)
    with transaction.atomic():
        _keep(found, began)
        DuplicateProposal.objects.filter(state=State.OPEN, seen_at__lt=began).delete()
    return len(found)


def propose_for(organisation_id: int) -> int:
    """Look for one that was just entered or changed, by the rules alone; the daily look does the rest."""
    mine = next(iter(entries([organisation_id])), None)
    row = Organisation.objects.filter(pk=organisation_id).first()
    if mine is None or row is None:
        return 0
    numbers = [value for _scheme, value in mine.numbers]
    share = Q(pk__in=Identifier.objects.filter(value__in=numbers).values("organisation"))
    if row.postcode:
        share |= Q(postcode=row.postcode)
    if domain := domain_of(row.website):
        share |= Q(website__icontains=domain)
    near = Organisation.objects.filter(share).exclude(pk=organisation_id).order_by("pk").values_list("pk", flat=True)
    found = find_for(mine, entries(near[:_LOOKED_AT]))
    _keep(found, timezone.now())
    return len(found)


def _keep(found: Sequence[Found], now: datetime.datetime) -> None:
    """Write these down; one that was decided keeps its answer."""
    there = set(
        Organisation.objects.filter(pk__in={pk for one in found for pk in (one.first, one.second)}).values_list(
            "pk", flat=True
        )
    )
    DuplicateProposal.objects.bulk_create(
        [
            DuplicateProposal(
                first_id=one.first,
                second_id=one.second,
                reasons=[list(reason) for reason in one.reasons],
                probability=one.probability,
                found_at=now,
                seen_at=now,
            )
            for one in found
            if {one.first, one.second} <= there
        ],
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["reasons", "probability", "seen_at"],
        batch_size=500,
    )


@transaction.atomic
def set_aside(proposal: DuplicateProposal, *, user: User) -> DuplicateProposal:
    """They are two: not proposed again until somebody takes it up. Twice is once.

    Raises NotAllowed; OrganisationError where they were merged meanwhile."""
    return _decide(proposal, State.APART, user)


@transaction.atomic
def take_up(proposal: DuplicateProposal, *, user: User) -> DuplicateProposal:
    """Propose once more what was set aside. Raises NotAllowed."""
    return _decide(proposal, State.OPEN, user)


def _decide(proposal: DuplicateProposal, state: str, user: User) -> DuplicateProposal:
    if not can_decide_duplicates(user):
        raise NotAllowed
    row = DuplicateProposal.objects.select_for_update().select_related("first").get(pk=proposal.pk)
    if row.state == State.MERGED:
        raise OrganisationError(_("They were merged meanwhile. If they are two, undo the merge."))
    if row.state == state:
        return row
    row.state = state
    row.decided_by, row.decided_at = (user, timezone.now()) if state != State.OPEN else (None, None)
    row.seen_at = timezone.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "seen_at"])
    action = "organisations.apart" if state == State.APART else "organisations.together"
    log(instance=row.first, action=action, user=user, data={"other": row.second_id})
    return row
