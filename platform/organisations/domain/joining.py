"""Asking to join, and answering."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from accounts.domain.holding import hold_account
from accounts.models import User
from accounts.queries import moderators
from notifications.domain.telling import tell
from organisations.domain.errors import NotAllowed, OrganisationError
from organisations.domain.membership import add_member
from organisations.models import JoinRequest, Organisation, Role
from organisations.permissions import can_ask_to_join, can_manage_members
from organisations.queries import owners_of


@transaction.atomic
def ask_to_join(organisation: Organisation, *, user: User, message: str = "") -> JoinRequest:
    """Ask the owners. Asking twice is asking once. Raises OrganisationError for who belongs already."""
    if not can_ask_to_join(user, organisation):
        raise OrganisationError(_("You belong to this organisation already."))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    request, made = JoinRequest.objects.get_or_create(
        organisation=organisation, user=user, answered_at=None, defaults={"message": message}
    )
    if made:
        log(instance=organisation, action="organisations.asked", user=user)
        tell(
            owners_of(organisation) or moderators(),  # an imported one has no owner yet
            kind="membership",
            subject=_("%(name)s asks to join %(organisation)s") % {"name": user, "organisation": organisation.name},
            template="organisation_asked",
            context={"organisation": organisation, "person": user, "message": message},
            path=reverse("organisation-people", args=[organisation.slug]),
        )
    return request


@transaction.atomic
def answer_request(request: JoinRequest, *, user: User, accept: bool, role: Role = Role.MEMBER) -> None:
    """Accept or decline. The second of two owners who answer changes nothing. Raises NotAllowed, OrganisationError.

    Who joins an organisation without an owner becomes its owner.
    """
    if not hold_account(request.user_id):
        raise OrganisationError(_("This person has closed their account."))
    # The organisation first: of two accepted at once into one without an owner, one comes first.
    Organisation.objects.select_for_update(of=("self",)).get(join_requests=request.pk)
    row = JoinRequest.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=request.pk)
    if not can_manage_members(user, row.organisation):
        raise NotAllowed
    if row.answered_at is not None:
        if row.accepted == accept:
            return  # posted twice
        raise OrganisationError(_("Someone else has answered this already."))
    row.answered_at, row.answered_by, row.accepted = timezone.now(), user, accept
    row.save(update_fields=["answered_at", "answered_by", "accepted"])
    if accept:
        first = not owners_of(row.organisation).exists()  # an imported one: who comes first looks after it
        add_member(row.organisation, row.user, Role.OWNER if first else role)
    action = "organisations.joined" if accept else "organisations.declined"
    log(instance=row.organisation, action=action, user=user, data={"who": str(row.user)})
    tell(
        [row.user],
        kind="membership",
        subject=_("Your request to join %(name)s") % {"name": row.organisation.name},
        template="organisation_answered",
        context={"organisation": row.organisation, "accepted": accept},
        path=row.organisation.get_absolute_url(),
    )
