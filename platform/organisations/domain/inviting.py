"""Inviting by e-mail: a signed link that is for one address, once, for a fortnight, and for nothing else."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from accounts.domain.holding import hold_account
from accounts.models import User
from notifications.domain.bouncing import is_failing
from notifications.domain.telling import tell
from organisations.domain.errors import LinkRefused, NotAllowed, OrganisationError
from organisations.domain.membership import add_member
from organisations.models import Invitation, Membership, Organisation, Role
from organisations.permissions import can_manage_members, is_member

SALT = "organisations.invitation"
VALID = datetime.timedelta(days=14)
MOST_OPEN = 50
_WITHDRAWN = gettext_lazy("This invitation was withdrawn. Ask the organisation for a new one.")


def token_for(invitation: Invitation) -> str:
    """The signed part of an invitation's link."""
    return signing.dumps([invitation.pk, invitation.email.lower()], salt=SALT)


@transaction.atomic
def invite_member(organisation: Organisation, *, user: User, email: str, role: str = Role.MEMBER) -> Invitation:
    """Invite an address; an invitation that is open already is sent again. Raises NotAllowed, OrganisationError."""
    if not can_manage_members(user, organisation):
        raise NotAllowed
    if role not in Role.values:
        raise OrganisationError(_("Choose one of the roles."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    address = email.strip().lower()
    if Membership.objects.filter(organisation=organisation, user__email=address).exists():
        raise OrganisationError(_("%(email)s belongs to this organisation already.") % {"email": address})
    if is_failing(address):
        raise OrganisationError(
            _("E-mail to %(email)s came back lately. Check the address, or ask them to join by themselves.")
            % {"email": address}
        )
    waiting = Invitation.objects.filter(organisation=organisation, accepted_at=None, withdrawn_at=None)
    if waiting.count() >= MOST_OPEN:
        raise OrganisationError(_("Fifty invitations wait for an answer. Withdraw some first."))
    invitation = waiting.filter(email=address).first() or Invitation(organisation=organisation, email=address)
    invitation.role, invitation.invited_by, invitation.created_at = role, user, timezone.now()
    invitation.save()
    log(instance=organisation, action="organisations.invited", user=user, data={"who": address, "role": role})
    link = settings.SITE_URL + reverse("invitation", args=[token_for(invitation)])
    tell(
        [address],
        kind="membership",
        subject=_("You are invited to join %(name)s") % {"name": organisation.name},
        template="organisation_invited",
        context={"organisation": organisation, "by": user, "link": link},
    )
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, user: User) -> None:
    """Make an invitation's link useless. Raises NotAllowed, OrganisationError for one that was used."""
    if not can_manage_members(user, invitation.organisation):
        raise NotAllowed
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at is not None:
        raise OrganisationError(_("This invitation was used already: take them off the list of members instead."))
    if row.withdrawn_at is None:
        Invitation.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
        log(instance=invitation.organisation, action="organisations.withdrawn", user=user, data={"who": row.email})


def read_token(token: str) -> Invitation:
    """The open invitation of a link. Raises LinkRefused with a sentence for each way in which it cannot be used."""
    invitation = _named(token)
    _refuse_closed(invitation)
    return invitation


def _named(token: str) -> Invitation:
    """The invitation a link names, open or not."""
    try:
        pk, address = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.SignatureExpired:
        raise LinkRefused(_("This invitation is older than two weeks. Ask for a new one.")) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkRefused(
            _("This link is not complete. Copy all of it from the e-mail, or ask for a new one.")
        ) from None
    invitation = Invitation.objects.select_related("organisation", "invited_by").filter(pk=pk, email=address).first()
    if invitation is None:
        raise LinkRefused(_WITHDRAWN)
    return invitation


def _refuse_closed(invitation: Invitation) -> None:
    if invitation.withdrawn_at is not None:
        raise LinkRefused(_WITHDRAWN)
    if invitation.accepted_at is not None:
        raise LinkRefused(_("This invitation was used already."))


@transaction.atomic
def accept_invitation(token: str, *, user: User) -> Organisation:
    """Join by an invitation's link. Raises LinkRefused, also where one is signed in with another address."""
    named = _named(token)
    if not hold_account(user.pk):
        raise LinkRefused(_("This account is closed."))
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=named.pk)
    if row.accepted_at is not None and row.accepted_by_id == user.pk and is_member(user, row.organisation):
        return row.organisation  # the form was posted twice
    _refuse_closed(row)
    if not owns_address(user, row.email):
        raise LinkRefused(
            _("This invitation is for %(email)s. Sign in with that address, or add it to your account.")
            % {"email": row.email}
        )
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    add_member(row.organisation, user, row.role)
    log(instance=row.organisation, action="organisations.joined", user=user, data={"who": str(user)})
    return row.organisation


def owns_address(user: User, address: str) -> bool:
    """Whether an address is one that this person has proved to be theirs."""
    owned: bool = EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists()
    return owned
