"""Making two entries one, and undoing it for thirty days."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from notifications.announcing import announce_within
from notifications.domain.telling import tell
from organisations.domain.carrying import carry, hold_both, put_back, references, rows_of, take_away
from organisations.domain.claiming import badge_that_holds_for
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.events import OrganisationsChanged, OrganisationsMerged
from organisations.models import Claim, DuplicateProposal, Membership, Merge, Organisation, Role
from organisations.permissions import WRITERS, can_decide_duplicates, forget_memberships

_ROLES = [Role.MEMBER.value, Role.EDITOR.value, Role.OWNER.value]
_BADGE = Q(accepted=True, lapsed_at=None)
_FILLED = ("description", "website", "email", "phone")  # what the kept one takes over where it says nothing


@transaction.atomic
def merge_organisations(kept: Organisation, gone: Organisation, *, user: User) -> Merge:
    """All that names `gone` names `kept` from here on, within one transaction; its address leads on.

    Raises NotAllowed; OrganisationError for one into itself, one that was merged already, or where a room objects.
    """
    if not can_decide_duplicates(user):
        raise NotAllowed
    if kept.pk == gone.pk:
        raise OrganisationError(_("An organisation cannot be merged with itself. Choose two different ones."))
    kept, gone = _locked(kept.pk, gone.pk)
    for one in (kept, gone):
        if (away := _merge_away(one)) is not None:
            names = {"name": one.name, "other": away.kept.name}
            raise OrganisationError(_("“%(name)s” was merged into “%(other)s” already. Choose that one.") % names)
    merge = Merge.objects.create(kept=kept, gone=gone, merged_by=user)
    people = _who_writes(merge)
    announce_within(OrganisationsMerged(kept.pk, gone.pk, merge.pk))
    _join_people(merge)
    for model, column in references():
        rows = rows_of(model).filter(**{column: gone.pk})
        carry(merge, rows.exclude(_BADGE) if model is Claim else rows, column, kept.pk)
    _join_details(merge, kept, gone)
    _join_badges(merge)
    _settle_proposals(merge, user)
    _record(merge, "organisations.merged", user)
    _tell(merge, people, _("%(gone)s is now part of %(kept)s"))
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, user: User) -> Merge:
    """Put back what the merge moved and nobody has changed since. Undoing twice is undoing once.

    Raises NotAllowed; OrganisationError after thirty days, or where the kept one was merged on.
    """
    if not can_decide_duplicates(user):
        raise NotAllowed
    kept, _gone = _locked(merge.kept_id, merge.gone_id)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        return row
    if not row.can_be_undone:
        raise OrganisationError(_("A merge can be undone for thirty days, and this one is older."))
    if (away := _merge_away(kept)) is not None:
        names = {"name": kept.name, "other": away.kept.name}
        raise OrganisationError(_("“%(name)s” was merged into “%(other)s” since. Undo that first.") % names)
    put_back(row)
    _decide(row, DuplicateProposal.State.APART, user)
    row.undone_by, row.undone_at = user, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    _record(row, "organisations.unmerged", user)
    _tell(row, _who_writes(row), _("%(gone)s stands by itself again"))
    return row


def _locked(kept: int, gone: int) -> tuple[Organisation, Organisation]:
    """Raises OrganisationError where one is not here any more."""
    both = hold_both(Organisation.objects.all(), kept, gone)
    if both is None:
        raise OrganisationError(_("One of the two is not here any more."))
    return both


def _merge_away(one: Organisation) -> Merge | None:
    return Merge.objects.filter(gone=one, undone_at=None).select_related("kept").first()


def _join_people(merge: Merge) -> None:
    """Who belongs to both belongs once, in the higher of their roles."""
    there = {row.user_id: row for row in Membership.objects.filter(organisation=merge.kept_id)}
    for row in Membership.objects.filter(organisation=merge.gone_id, user__in=list(there)):
        mine = there[row.user_id]
        if _ROLES.index(row.role) > _ROLES.index(mine.role):
            carry(merge, rows_of(Membership).filter(pk=mine.pk), "role", row.role)
        take_away(merge, row)


def _join_details(merge: Merge, kept: Organisation, gone: Organisation) -> None:
    this, other = rows_of(Organisation).filter(pk=kept.pk), rows_of(Organisation).filter(pk=gone.pk)
    for column in _FILLED:
        if getattr(gone, column) and not getattr(kept, column):
            carry(merge, this, column, getattr(gone, column))
    if gone.is_public:
        carry(merge, other, "is_public", False)
        if not kept.is_public:
            carry(merge, this, "is_public", True)


def _join_badges(merge: Merge) -> None:
    """The badge of the one that goes comes along where it holds. Else it stays there, for the day this is undone."""
    kept, gone = Organisation.objects.get(pk=merge.kept_id), Organisation.objects.get(pk=merge.gone_id)
    if (badge := badge_that_holds_for(kept, of=gone)) is not None:
        carry(merge, rows_of(Claim).filter(pk=badge), "organisation_id", kept.pk)


def _settle_proposals(merge: Merge, user: User) -> None:
    """This pair is decided; what else was proposed of the one that is gone will be found anew of the kept one."""
    state = DuplicateProposal.State
    _decide(merge, state.MERGED, user)
    about = Q(first=merge.gone_id) | Q(second=merge.gone_id)
    DuplicateProposal.objects.filter(about, state=state.OPEN).delete()


def _decide(merge: Merge, state: str, user: User) -> None:
    first, second = sorted((merge.kept_id, merge.gone_id))
    decided = {"state": state, "decided_by": user, "decided_at": timezone.now()}
    DuplicateProposal.objects.update_or_create(first_id=first, second_id=second, defaults=decided)


def _who_writes(merge: Merge) -> list[User]:
    """The editors and owners of both, as they are now."""
    roles = {"memberships__organisation__in": (merge.kept_id, merge.gone_id), "memberships__role__in": WRITERS}
    return list(User.objects.filter(is_active=True, **roles).distinct().order_by("pk"))


def _tell(merge: Merge, people: list[User], subject: str) -> None:
    names = {"gone": merge.gone.name, "kept": merge.kept.name}
    tell(
        people,
        kind="membership",
        subject=subject % names,
        template="organisation_merged",
        context={**names, "undone": merge.undone_at is not None, "path": merge.kept.get_absolute_url()},
        path=merge.kept.get_absolute_url(),
    )


def _record(merge: Merge, action: str, user: User) -> None:
    forget_memberships(user)
    log(instance=merge.kept, action=action, user=user, data={"other": merge.gone_id})
    announce_within(OrganisationsChanged((merge.kept_id, merge.gone_id), renamed=True))
