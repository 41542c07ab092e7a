"""What becomes of initiatives when two organisations turn out to be one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.models import Revision

from initiatives.domain.rewriting import rewrite
from initiatives.models import Initiative
from organisations.events import OrganisationsMerged
from organisations.models import Merge


def follow_merge(event: OrganisationsMerged) -> None:
    """Drafts and waiting changes name their organisations in a revision, which no foreign key knows of."""
    merge = Merge.objects.get(pk=event.merge_id)
    newest = Initiative.objects.filter(latest_revision__isnull=False)
    names = Q(lead_organisation=event.gone_id) | Q(partners__organisation=event.gone_id)
    named = Q(pk__in=newest.filter(names).values("latest_revision"))
    led = Q(pk__in=newest.values("latest_revision"), content__lead_organisation=event.gone_id)
    rewrite(
        merge,
        Revision.objects.filter(named | led),
        lambda content: _renamed(content, event.gone_id, event.kept_id),
    )


def _renamed(content: dict[str, Any], gone: int, kept: int) -> dict[str, Any]:
    partners = [
        {**one, "organisation": kept} if one.get("organisation") == gone else one
        for one in content.get("partners") or []
    ]
    lead = content.get("lead_organisation")
    return {**content, "lead_organisation": kept if lead == gone else lead, "partners": partners}
