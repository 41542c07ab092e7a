"""What this room does when something is announced."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.queries import moderators
from notifications.domain.telling import tell
from notifications.events import AddressFailed
from organisations.events import OrganisationEntered
from organisations.models import Invitation
from organisations.queries import owners_of
from organisations.tasks import look_for_duplicates


def on_entered(event: OrganisationEntered) -> None:
    """Whoever decides about duplicates does not wait for the daily look."""
    look_for_duplicates.enqueue(event.id)


def on_address_failed(event: AddressFailed) -> None:
    """Whoever invited that address would wait for an answer that cannot come. Told once, for it fails once."""
    open_ones = Invitation.objects.filter(email=event.address, accepted_at=None, withdrawn_at=None)
    for invitation in open_ones.select_related("organisation"):
        organisation = invitation.organisation
        tell(
            owners_of(organisation) or moderators(),
            kind="membership",
            subject=_("An invitation to %(name)s did not arrive") % {"name": organisation.name},
            template="organisation_invitation_failed",
            context={"organisation": organisation, "address": event.address},
            path=reverse("organisation-people", args=[organisation.slug]),
        )
