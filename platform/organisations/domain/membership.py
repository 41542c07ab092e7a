"""Who belongs to an organisation, and in which role. There is always an owner."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.models import User
from notifications.announcing import announce, announce_within
from notifications.domain.telling import tell
from organisations.domain.errors import LastOwner, NotAllowed, OrganisationError
from organisations.events import MembershipEnded, OwnerLeft, RoleChanged
from organisations.models import Invitation, Membership, Organisation, Role
from organisations.permissions import can_manage_members, forget_memberships


def _locked(organisation: Organisation) -> Organisation:
    """The row, held: two owners who leave at once are asked one after the other. Rows that point at it may be written
    meanwhile, by who holds what a change of roles waits for."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _still_there(membership: Membership) -> Membership:
    row = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if row is None:
        raise OrganisationError(_("This person does not belong to the organisation any more."))
    return row


def _keep_an_owner(organisation: Organisation, leaving: Membership) -> None:
    if leaving.role != Role.OWNER:
        return
    others = Membership.objects.filter(organisation=organisation, role=Role.OWNER, user__is_active=True)
    if not others.exclude(pk=leaving.pk).exists():
        raise LastOwner


@transaction.atomic
def change_role(membership: Membership, role: str, *, user: User) -> None:
    """Give a member another role. Raises NotAllowed, LastOwner, OrganisationError for a role that is none."""
    organisation = _locked(membership.organisation)
    if not can_manage_members(user, organisation):
        raise NotAllowed
    if role not in Role.values:
        raise OrganisationError(_("Choose one of the roles."))
    row = _still_there(membership)
    if row.role == role:
        return
    if role != Role.OWNER:
        _keep_an_owner(organisation, row)
    Membership.objects.filter(pk=row.pk).update(role=role)
    if row.role == Role.OWNER:
        _withdraw_invitations_of(row)
        announce_within(OwnerLeft(organisation.pk, row.user_id))
    forget_memberships(user)
    announce_within(RoleChanged(row.user_id, organisation.pk))
    tell(
        [row.user],
        kind="membership",
        subject=_("Your role in %(name)s") % {"name": organisation.name},
        template="organisation_role",
        context={"organisation": organisation, "role": Role(role).label},
        path=organisation.get_absolute_url(),
    )
    log(instance=organisation, action="organisations.role", user=user, data={"who": str(row.user), "role": role})


@transaction.atomic
def remove_member(membership: Membership, *, user: User) -> None:
    """End someone's membership. Raises NotAllowed, LastOwner."""
    organisation = _locked(membership.organisation)
    if not can_manage_members(user, organisation):
        raise NotAllowed
    _end(organisation, membership, by=user)
    tell(
        [membership.user],
        kind="membership",
        subject=_("You no longer belong to %(name)s") % {"name": organisation.name},
        template="organisation_removed",
        context={"organisation": organisation},
        path=organisation.get_absolute_url(),
    )


@transaction.atomic
def leave_organisation(organisation: Organisation, *, user: User) -> None:
    """End one's own membership. Raises LastOwner, OrganisationError for who does not belong."""
    row = _locked(organisation)
    membership = Membership.objects.filter(organisation=row, user=user).first()
    if membership is None:
        raise OrganisationError(_("You do not belong to this organisation."))
    _end(row, membership, by=user)


@transaction.atomic
def leave_for_good(organisation: Organisation, *, user: User) -> None:
    """End one's own membership with one's account: whoever is alone there leaves it to whoever claims it.

    Raises LastOwner where others belong.
    """
    row = _locked(organisation)
    membership = Membership.objects.get(organisation=row, user=user)
    others = Membership.objects.filter(organisation=row, user__is_active=True).exclude(pk=membership.pk)
    _end(row, membership, by=user, alone=not others.exists())


def _end(organisation: Organisation, membership: Membership, *, by: User, alone: bool = False) -> None:
    row = _still_there(membership)
    if not alone:
        _keep_an_owner(organisation, row)
    log(instance=organisation, action="organisations.left", user=by, data={"who": str(membership.user)})
    _withdraw_invitations_of(membership)
    Membership.objects.filter(pk=membership.pk).delete()
    announce(MembershipEnded(membership.user_id, organisation.pk))
    if row.role == Role.OWNER:
        announce_within(OwnerLeft(organisation.pk, row.user_id))
    forget_memberships(by)


def _withdraw_invitations_of(membership: Membership) -> None:
    """Who decides no longer, invites no longer: a link they sent to themselves would let them back in."""
    Invitation.objects.filter(
        organisation_id=membership.organisation_id,
        invited_by_id=membership.user_id,
        accepted_at=None,
        withdrawn_at=None,
    ).update(withdrawn_at=timezone.now())


def add_member(organisation: Organisation, person: User, role: str) -> Membership:
    """Make someone a member, or give who is one the higher of the two roles."""
    membership, made = Membership.objects.get_or_create(organisation=organisation, user=person, defaults={"role": role})
    if not made and Role.values.index(role) > Role.values.index(membership.role):
        membership.role = role
        membership.save(update_fields=["role"])
    forget_memberships(person)
    return membership
