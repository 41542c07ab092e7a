"""What this room does when something is announced."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.queries import moderators
from initiatives.models import Initiative
from notifications.domain.telling import tell
from notifications.events import AddressFailed
from organisations.models import Organisation
from organisations.permissions import WRITERS
from organisations.queries import writers_of


def on_address_failed(event: AddressFailed) -> None:
    """Questions whether something still runs go unread there: the others who may answer are told, else moderators.

    Told once, for the address fails once.
    """
    if event.user_id is None:
        return
    person = User.objects.get(pk=event.user_id)
    theirs = Organisation.objects.filter(memberships__user=person, memberships__role__in=WRITERS)
    asked = Initiative.objects.filter(lead_organisation__in=theirs).exclude(asking=None)
    for organisation in theirs.filter(pk__in=asked.values("lead_organisation")):
        tell(
            writers_of(organisation).exclude(pk=person.pk) or moderators().exclude(pk=person.pk),
            kind="still-running",
            subject=_("We cannot reach %(name)s") % {"name": person},
            template="still_running_unread",
            context={"organisation": organisation, "person": person},
            path=organisation.get_absolute_url(),
        )
