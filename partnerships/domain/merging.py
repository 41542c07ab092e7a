"""What becomes of partnerships when two organisations, or two initiatives, turn out to be one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from initiatives.events import InitiativesMerged, InitiativesParted
from initiatives.models import InitiativeMerge
from organisations.domain.carrying import carry, rows_of
from organisations.domain.errors import OrganisationError
from organisations.events import OrganisationsMerged
from partnerships.domain.settling import tell_together
from partnerships.models import Version, VersionInitiative


def refuse_between_parties(event: OrganisationsMerged) -> None:
    """Raises OrganisationError where both are parties to one version: nobody agrees with themselves."""
    both = Version.objects.filter(parties__organisation=event.kept_id).filter(parties__organisation=event.gone_id)
    if (version := both.order_by("pk").first()) is not None:
        words = _("Both are parties to the partnership “%(title)s”. One of them has to leave it first.")
        raise OrganisationError(words % {"title": version.title})


def follow_initiatives(event: InitiativesMerged) -> None:
    """Versions that named the one that is gone are found by the one that is kept; their words stay as they were."""
    merge = InitiativeMerge.objects.get(pk=event.merge_id)
    named = rows_of(VersionInitiative).filter(initiative=event.gone_id)
    versions = list(named.values_list("version_id", flat=True))
    carry(merge, named, "initiative_id", event.kept_id)
    tell_together(*versions)


def follow_parting(event: InitiativesParted) -> None:
    """Which pairs work together is asked anew."""
    named = VersionInitiative.objects.filter(initiative__in=(event.kept_id, event.gone_id))
    tell_together(*named.values_list("version_id", flat=True))
