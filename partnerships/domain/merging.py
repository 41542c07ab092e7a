"""What becomes of partnerships when two organisations turn out to be one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from organisations.domain.errors import OrganisationError
from organisations.events import OrganisationsMerged
from partnerships.models import Version


def refuse_between_parties(event: OrganisationsMerged) -> None:
    """Raises OrganisationError where both are parties to one version: nobody agrees with themselves."""
    both = Version.objects.filter(parties__organisation=event.kept_id).filter(parties__organisation=event.gone_id)
    if (version := both.order_by("pk").first()) is not None:
        words = _("Both are parties to the partnership “%(title)s”. One of them has to leave it first.")
        raise OrganisationError(words % {"title": version.title})
